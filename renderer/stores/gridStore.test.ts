import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CELL_CODE } from '../../shared/cell.ts'
import type { RunProgress } from '../../shared/run.ts'
import { connectHost } from '../lib/host.ts'
import { applyToGrid, closeGrids, openGrid, reloadGrids } from './gridStore.ts'

const { waiting, running, succeeded, failed } = CELL_CODE
const STAGES = ['a', 'b']

/** A host that holds the cells of one run. Answers runs.cells when told to, so that pushes can overtake a page. */
let cells: Uint8Array
let release: (() => void)[]
let isHeld: boolean

beforeEach(() => {
  cells = new Uint8Array([succeeded, waiting, waiting, waiting])
  release = []
  isHeld = false
  connectHost({
    async call(_command, request) {
      const { from, count } = request as { from: number; count: number }
      const states = cells.slice(from * STAGES.length, (from + count) * STAGES.length)
      if (isHeld) await new Promise<void>((resolve) => release.push(resolve))
      return { ok: true, value: { stages: STAGES, from, states } }
    },
    listen: () => () => {},
  })
})
afterEach(closeGrids)

interface Pushed {
  readonly items?: number | null
  readonly lane?: number
}

function aProgress(changed: number[], states: number[], { items = null, lane = 0 }: Pushed = {}): RunProgress {
  const lanes = Array.from({ length: lane + 1 }, (_, at) => ({ items: at === lane ? items : null }))
  const stages = lanes.flatMap((_, at) => STAGES.map((id) => ({ id, kind: 'model', tier: 'local', lane: at })))
  const summary = { run: 'r', stages, items, lanes } as unknown as RunProgress['summary']
  const rest = { stageCounts: [], itemsPerSecond: null, remainingMs: null, limits: null }
  const none = { changed: new Uint32Array(), states: new Uint8Array() }
  const changes = { changed: new Uint32Array(changed), states: new Uint8Array(states) }
  return { summary, ...rest, lanes: lanes.map((_, at) => (at === lane ? changes : none)) }
}

async function anOpenGrid() {
  const grid = openGrid('r', 0)
  await vi.waitFor(() => expect(grid.load.status).toBe('ready'))
  return grid
}

it('reads the cells of a run when it is opened', async () => {
  const grid = await anOpenGrid()
  expect([grid.items, grid.stages, [...grid.states]]).toEqual([2, STAGES, [...cells]])
})

it('reads as many pages as the run has', async () => {
  cells = new Uint8Array(250_000 * 2).fill(succeeded)
  const grid = await anOpenGrid()
  expect(grid.items).toBe(250_000)
  expect(grid.states.every((code) => code === succeeded)).toBe(true)
})

it('changes only the rows that were pushed, and says so once', async () => {
  const grid = await anOpenGrid()
  let announced = 0
  grid.subscribe(() => announced++)
  applyToGrid(aProgress([1], [running, waiting]))
  expect([...grid.states]).toEqual([succeeded, waiting, running, waiting])
  expect(announced).toBe(1)
})

it('grows with the source: rows in between wait', async () => {
  const grid = await anOpenGrid()
  applyToGrid(aProgress([4], [failed, waiting], { items: 6 }))
  expect(grid.items).toBe(6)
  expect([...grid.states]).toEqual([
    ...[succeeded, waiting, waiting, waiting],
    ...[waiting, waiting, waiting, waiting],
    ...[failed, waiting, waiting, waiting],
  ])
})

it('keeps what was pushed while an older page was still on its way', async () => {
  isHeld = true
  const grid = openGrid('r', 0)
  await vi.waitFor(() => expect(release).toHaveLength(1))
  applyToGrid(aProgress([0], [succeeded, succeeded]))
  release[0]?.()
  await vi.waitFor(() => expect(grid.load.status).toBe('ready'))
  expect([...grid.row(0)]).toEqual([succeeded, succeeded])
})

it('reads everything again after a lost connection', async () => {
  const grid = await anOpenGrid()
  cells = new Uint8Array([succeeded, succeeded, failed, waiting])
  await reloadGrids()
  expect([...grid.states]).toEqual([...cells])
})

it('keeps nothing of runs that are not open here', () => {
  applyToGrid(aProgress([0], [failed, failed]))
  const grid = openGrid('r', 0)
  expect(grid.items).toBe(0)
})

it('keeps the lanes of a run apart', async () => {
  const items = await anOpenGrid()
  const groups = openGrid('r', 1)
  await vi.waitFor(() => expect(groups.load.status).toBe('ready'))
  applyToGrid(aProgress([1], [failed, failed], { items: 2, lane: 1 }))
  expect([...groups.row(1)]).toEqual([failed, failed])
  expect([...items.row(1)]).toEqual([waiting, waiting])
})
