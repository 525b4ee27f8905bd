import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CliWorkspace, jsonLines } from '../testing/cliWorkspace.ts'

let workspace: CliWorkspace
beforeEach(() => {
  workspace = new CliWorkspace()
})
afterEach(() => workspace.end())

/** Of three items one is left out, and the group of the other two fails. */
const GATHERS = `
source: { folder: inputs }
stages:
  pair: { kind: gather, size: 2, where: "item.name != 'c.txt'", value: "{{ item.name }}" }
  check: { kind: transform, value: "{{ $count(items) = 2 ? $error('no pairs') : items[] }}" }
sink: { jsonl: results/pairs.jsonl }
`

describe('a chain that gathers, on the command line', () => {
  it('counts its items by the fate of their groups, and shows the group that failed', async () => {
    const ran = await workspace.jacquard('run', workspace.chain('pairs', GATHERS), '--json')
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stdout)).toMatchObject({ items: 3, succeeded: 0, failed: 2, skipped: 1 })
    const lines = jsonLines(workspace.read('results/pairs.jsonl'))
    expect(lines.map(({ lane, index, status, members }) => [lane, index, status, members])).toEqual([
      [1, 0, 'failed', [0, 1]],
      [0, 2, 'skipped', undefined],
    ])
    const shown = await workspace.jacquard('show', 'last')
    expect(shown.stdout).toContain('group 0')
    expect(shown.stdout).toContain('--item 0 --lane 1')
    const group = await workspace.jacquard('show', 'last', '--item', '0', '--lane', '1')
    expect(group.stdout).toContain('2 members (0, 1)')
    const none = await workspace.jacquard('show', 'last', '--item', '0', '--lane', '2')
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has no lane 2')])
  })

  it('is tried on one item as a group of one', async () => {
    const chain = workspace.chain('pairs', GATHERS)
    const tried = await workspace.jacquard('test', chain, '--item', 'inputs/a.txt', '--json')
    expect(tried.code).toBe(0)
    expect(JSON.parse(tried.stdout)).toMatchObject({ status: 'gathered', groups: [{ output: { check: ['a.txt'] } }] })
  })
})
