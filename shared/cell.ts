/** What one item at one stage is in. One byte each: a run's states travel and are kept as a Uint8Array. */
export const CELL_STATES = [
  'waiting',
  'running',
  'retrying',
  'succeeded',
  'remembered',
  'failed',
  'skipped',
  'held',
  'cancelled',
] as const
export type CellState = (typeof CELL_STATES)[number]

export const CELL_CODE = Object.fromEntries(CELL_STATES.map((state, code) => [state, code])) as {
  readonly [state in CellState]: number
}

export function cellState(code: number): CellState {
  return CELL_STATES[code] ?? 'waiting'
}
