import type { CellState } from '../../shared/cell.ts'

/** A state's sign on a field of 16 × 16: a stroke and, for some, a filled part. */
interface StateSign {
  readonly stroke: string
  readonly fill?: string
}

/** As paths, so that no font decides what a state looks like; the grid's canvas and the components draw the same ones. */
export const STATE_SIGNS: { readonly [state in CellState]: StateSign } = {
  waiting: { stroke: 'M8 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7' },
  running: { stroke: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10', fill: 'M8 3a5 5 0 0 1 0 10z' },
  retrying: { stroke: 'M4.5 3h7M4.5 13h7M5.5 3c0 3 5 7 5 10M10.5 3c0 3-5 7-5 10' },
  succeeded: { stroke: 'M3.5 8.5l3 3l6-7' },
  remembered: { stroke: 'M3.5 9.5l3 3l6-7M3.5 3h9' },
  failed: { stroke: 'M4.5 4.5l7 7M11.5 4.5l-7 7' },
  skipped: { stroke: 'M3.5 11a4.5 4.5 0 0 1 9 -1M13 6.5l-.5 3.6l-3.5-.9' },
  held: { stroke: 'M6 4v8M10 4v8' },
  cancelled: { stroke: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10M4.6 11.4l6.8-6.8' },
}

/** Of a sign's lines, on its field. */
export const SIGN_STROKE = 1.75
