import { getSmoothStepPath, type Position } from '@xyflow/react'
import { NODE_HEIGHT, NODE_WIDTH } from './placeNodes.ts'

interface WireEnds {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
  readonly sourcePosition: Position
  readonly targetPosition: Position
  /** 0-based: which of the ways below a row it takes. */
  readonly lane: number
}

/** How far below its row a wire runs that would otherwise pass behind the stages between its ends. */
const DETOUR = NODE_HEIGHT / 2 + 24
const BETWEEN_LANES = 10
const RADIUS = 8
const STUB = 20

/** The drawn path of a wire, and where its label stands. */
export function wirePath(ends: WireEnds): readonly [path: string, labelX: number, labelY: number] {
  const { sourceX, sourceY, targetX, targetY } = ends
  const skipsColumn = targetX - sourceX > NODE_WIDTH
  const sameRow = Math.abs(targetY - sourceY) < NODE_HEIGHT
  if (skipsColumn && sameRow) return detour(ends)
  const [path, labelX, labelY] = getSmoothStepPath({
    ...ends,
    borderRadius: RADIUS,
    // A long wire changes its row at once, so that it crosses the columns between in the row it is going to.
    ...(skipsColumn ? { centerX: sourceX + STUB } : {}),
  })
  return [path, labelX, labelY]
}

/** Down, along, and up again. */
function detour({
  sourceX,
  sourceY,
  targetX,
  targetY,
  lane,
}: WireEnds): readonly [path: string, labelX: number, labelY: number] {
  const low = Math.max(sourceY, targetY) + DETOUR + lane * BETWEEN_LANES
  const left = sourceX + STUB
  const right = targetX - STUB
  const path = [
    `M${sourceX},${sourceY}`,
    `L${left - RADIUS},${sourceY} Q${left},${sourceY} ${left},${sourceY + RADIUS}`,
    `L${left},${low - RADIUS} Q${left},${low} ${left + RADIUS},${low}`,
    `L${right - RADIUS},${low} Q${right},${low} ${right},${low - RADIUS}`,
    `L${right},${targetY + RADIUS} Q${right},${targetY} ${right + RADIUS},${targetY}`,
    `L${targetX},${targetY}`,
  ].join(' ')
  return [path, (left + right) / 2, low]
}
