import { CELL_CODE } from '../../../shared/cell.ts'
import type { StatePyramid } from './statePyramid.ts'

/** What a key asks of the grid; null: nothing. */
export type GridKey =
  | { readonly kind: 'move'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'fit' }
  | { readonly kind: 'nextFailed'; readonly backwards: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'end'; readonly last: boolean }

interface Pressed {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const ZOOM_STEP = 1.5

export function gridKey({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): GridKey | null {
  if (ctrlKey || metaKey || altKey) return null
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'move', columns: -1, rows: 0 }
    case 'ArrowRight':
      return { kind: 'move', columns: 1, rows: 0 }
    case 'ArrowUp':
      return { kind: 'move', columns: 0, rows: -1 }
    case 'ArrowDown':
      return { kind: 'move', columns: 0, rows: 1 }
    case 'Home':
      return { kind: 'end', last: false }
    case 'End':
      return { kind: 'end', last: true }
    case '+':
    case '=':
      return { kind: 'zoom', factor: ZOOM_STEP }
    case '-':
      return { kind: 'zoom', factor: 1 / ZOOM_STEP }
    case '0':
      return { kind: 'fit' }
    case 'f':
    case 'F':
      return { kind: 'nextFailed', backwards: shiftKey }
    case 'Enter':
      return { kind: 'open' }
    default:
      return null
  }
}

/** The next cell that failed behind (or before) a position in the states, going round at the end; null: none failed. */
export function nextFailed(
  pyramid: StatePyramid,
  from: number,
  backwards: boolean,
): { item: number; stage: number } | null {
  const { states, stages } = pyramid
  const cell = backwards ? failedBefore(states, from) : failedBehind(states, from)
  return cell < 0 ? null : { item: Math.floor(cell / stages), stage: cell % stages }
}

function failedBehind(states: Uint8Array, from: number): number {
  const behind = states.indexOf(CELL_CODE.failed, from + 1)
  return behind >= 0 ? behind : states.indexOf(CELL_CODE.failed)
}

function failedBefore(states: Uint8Array, from: number): number {
  // From -1 on, lastIndexOf would count from the end.
  const before = from > 0 ? states.lastIndexOf(CELL_CODE.failed, from - 1) : -1
  return before >= 0 ? before : states.lastIndexOf(CELL_CODE.failed)
}
