import { describe, expect, it } from 'vitest'
import type { StageResult } from '../../../shared/trace.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { ItemRecord } from '../../ports/runStore.ts'
import { OutputColumns } from './resultLine.ts'

const NOT_MET = { status: 'skipped', reason: 'Its condition is not met.' } as const
const UNMATCHED = { status: 'skipped', reason: 'unmatched' } as const
const DONE = { status: 'succeeded' } as const

function record(
  index: number,
  status: ItemRecord['status'],
  stages: { readonly [id: string]: StageResult },
): ItemRecord {
  return {
    run: 'r1',
    lane: 0,
    index,
    key: `i${index}`,
    status,
    outputJson: status === 'succeeded' ? '{"name":"Anvil","reason":"new"}' : 'null',
    error: null,
    usage: NO_USAGE,
    costMicros: 0,
    latencyMs: 0,
    retries: 0,
    stagesJson: JSON.stringify(stages),
    cells: new Uint8Array(),
    savedMicros: 0,
    cause: null,
    revision: 0,
    isRedone: false,
  }
}

function table(items: readonly ItemRecord[]): readonly Readonly<Record<string, string>>[] {
  const columns = new OutputColumns(false)
  for (const item of items) columns.see(item)
  const header = columns.header()
  return items.map((item) => {
    const row = columns.row({ item, members: null, lane: 0 })
    expect(row).toHaveLength(header.length)
    return Object.fromEntries(header.map((title, at) => [title, row[at] ?? '']))
  })
}

describe('the table of a run', () => {
  it('says before its errors why items were skipped: what the gather says, else the first stage that was', () => {
    const later = { status: 'skipped', reason: 'All that it builds on was skipped.' } as const
    const items = [
      record(0, 'succeeded', { first: DONE }),
      record(1, 'skipped', { first: NOT_MET, second: later }),
      record(2, 'skipped', { first: NOT_MET, pair: UNMATCHED }),
    ]
    const rows = table(items)
    expect(rows.map(({ reason }) => reason)).toEqual(['', NOT_MET.reason, 'unmatched'])
    const titles = Object.keys(rows[0] ?? {})
    expect(titles.indexOf('reason')).toBe(titles.indexOf('error_stage') - 1)
    expect(rows[0]?.['output.reason']).toBe('new')
  })

  it('has no such column where nothing was skipped, so that a field of that name keeps it', () => {
    const [row] = table([record(0, 'succeeded', { first: NOT_MET, second: DONE })])
    expect(row).toMatchObject({ name: 'Anvil', reason: 'new' })
    expect(row).not.toHaveProperty('output.reason')
  })

  it('fills the row of an item that never ran as wide as the others', () => {
    const columns = new OutputColumns(false)
    columns.see(record(0, 'skipped', { first: NOT_MET }))
    const row = columns.row({ item: { index: 1, key: 'i1', status: 'waiting' }, members: null, lane: 0 })
    expect(row).toHaveLength(columns.header().length)
  })
})
