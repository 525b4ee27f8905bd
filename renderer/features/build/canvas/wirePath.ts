import { getSmoothStepPath, type Position as Side } from '@xyflow/react'
import type { Position } from '../../../../shared/chain.ts'
import type { WireBend } from './flowEdges.ts'
import { HANDLE_Y, NODE_HEIGHT, NODE_WIDTH } from './placeNodes.ts'

interface WireEnds {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
  readonly sourcePosition: Side
  readonly targetPosition: Side
  /** 0-based: which of the ways between two rows it takes. */
  readonly track: number
  /** How far below the upper edge of its ends other nodes reach that it passes by; 0: no further than a stage. */
  readonly room?: number
  /** Where it turns, when its ends are near each other. */
  readonly bend?: WireBend
}

/** How far a wire keeps from the stages of a row that it runs along. */
const CLEARANCE = 24
const BETWEEN_TRACKS = 10
const RADIUS = 8
const STUB = 20

/** The drawn path of a wire, and where its label stands. */
export function wirePath(ends: WireEnds): readonly [path: string, labelX: number, labelY: number] {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, track, room = 0, bend = 'middle' } = ends
  if (targetX - sourceX <= NODE_WIDTH) {
    const [path, labelX, labelY] = getSmoothStepPath({
      sourceX,
      sourceY,
      targetX,
      targetY,
      sourcePosition,
      targetPosition,
      borderRadius: RADIUS,
      ...(targetX > sourceX ? { centerX: bendX({ sourceX, targetX }, bend) } : {}),
    })
    // Between two stages of a row there is no room for words: they stand above it.
    const isInRow = Math.abs(targetY - sourceY) < NODE_HEIGHT
    return [path, labelX, isInRow ? Math.min(sourceY, targetY) - HANDLE_Y - 16 : labelY]
  }
  // It passes other columns: between the rows, so that it never runs behind a stage of the row it goes to.
  const y = trackY(sourceY, targetY, { track, room })
  const left = sourceX + STUB
  const right = targetX - STUB
  const corners = [
    { x: sourceX, y: sourceY },
    { x: left, y: sourceY },
    { x: left, y },
    { x: right, y },
    { x: right, y: targetY },
    { x: targetX, y: targetY },
  ]
  return [roundedPath(corners), (left + right) / 2, y]
}

/** Below the row of the target, or above it where the wire comes from above. */
function trackY(sourceY: number, targetY: number, { track, room }: { track: number; room: number }): number {
  const below = Math.max(NODE_HEIGHT, room) - HANDLE_Y + CLEARANCE + track * BETWEEN_TRACKS
  const above = HANDLE_Y + CLEARANCE + track * BETWEEN_TRACKS
  if (room > NODE_HEIGHT) return Math.max(sourceY, targetY) + below
  if (targetY - sourceY > NODE_HEIGHT) return targetY - above
  return sourceY - targetY > NODE_HEIGHT ? targetY + below : Math.max(sourceY, targetY) + below
}

/** Where a wire between two neighbouring columns turns up or down. */
export function bendX({ sourceX, targetX }: { sourceX: number; targetX: number }, bend: WireBend): number {
  if (bend === 'source') return sourceX + STUB
  return bend === 'target' ? targetX - STUB : (sourceX + targetX) / 2
}

/** Straight lines from corner to corner, each corner rounded as far as its lines allow. */
export function roundedPath(corners: readonly Position[]): string {
  return corners
    .map((at, index) => {
      const before = corners[index - 1]
      const after = corners[index + 1]
      if (before === undefined) return `M${at.x},${at.y}`
      if (after === undefined) return `L${at.x},${at.y}`
      const into = towards(at, before)
      const out = towards(at, after)
      return `L${into.x},${into.y} Q${at.x},${at.y} ${out.x},${out.y}`
    })
    .join(' ')
}

/** The point one radius from a corner towards its neighbour, or half way where that is nearer. */
function towards(corner: Position, other: Position): Position {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y)
  const share = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share }
}
