import type { Position } from '../../../../shared/chain.ts'
import { notifyError } from '../../../lib/notify.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useFlowStore } from '../canvas/flowStore.ts'
import { absolutePosition, withinMap } from '../canvas/mapPlaces.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { placeChain } from '../canvas/placeChain.ts'
import { GRID } from '../canvas/placeNodes.ts'
import { settlePlaces } from '../canvas/settlePlaces.ts'
import { brokenBy, moveRefusal, moveStagesEdits } from '../edits/moveStagesEdits.ts'
import { tellBroken } from './offerUndo.tsx'

type Positions = Readonly<Record<string, Position>>

/** Writes where nodes were dragged to, each within the map that it stands in. */
function moveTo(positions: Positions): void {
  if (Object.keys(positions).length > 0) useChainStore.getState().edit([{ kind: 'move', positions }], 'Move')
}

/** Moves nodes by steps of the grid, for the keyboard. */
export function nudge(ids: readonly string[], step: Position): void {
  const { nodes } = useFlowStore.getState()
  const moved = nodes.filter((node) => ids.includes(node.id))
  const maps = [...new Set(moved.map((node) => node.parentId ?? null))]
  const settled = maps.map((map) => {
    const own = moved.filter((node) => (node.parentId ?? null) === map)
    const next = own.map(({ id, position: { x, y } }) => [id, { x: x + step.x * GRID, y: y + step.y * GRID }] as const)
    return settlePlaces(nodes, map, Object.fromEntries(next))
  })
  moveTo(Object.assign({}, ...settled) as Positions)
}

/**
 * Puts dragged nodes down where they are now, `map` being the one under them (null: none): stages that came from elsewhere
 * go into it, or out of theirs. false: they cannot, and the person was told.
 */
export function putDown(ids: readonly string[], map: string | null): boolean {
  const { nodes } = useFlowStore.getState()
  const { good, text, edit } = useChainStore.getState()
  if (good === null) return false
  const dragged = nodes.filter((node) => ids.includes(node.id))
  const newcomers = dragged.filter(
    ({ id, parentId }) => (parentId ?? null) !== map && id !== SOURCE_NODE && id !== OUTPUT_NODE,
  )
  const refusal = moveRefusal(
    good.chain,
    newcomers.map(({ id }) => id),
    map,
  )
  if (refusal !== null) {
    notifyError({ kind: 'not_possible', message: refusal })
    return false
  }
  const inMap = dragged.filter((node) => newcomers.includes(node) || (node.parentId ?? null) === map)
  const moved = Object.fromEntries(
    inMap.map(({ id }) => [id, withinMap(nodes, map, absolutePosition(nodes, id))] as const),
  )
  // The two ends of the chain go into no map.
  const ends = dragged.filter((node) => !inMap.includes(node)).map(({ id, position }) => [id, position] as const)
  const positions = { ...settlePlaces(nodes, map, moved), ...Object.fromEntries(ends) }
  if (newcomers.length === 0) {
    moveTo(positions)
    return true
  }
  const stages = newcomers.map(({ id }) => id)
  const names = stages.length === 1 ? (stages[0] ?? '') : `${stages.length} stages`
  const done = map === null ? `Took ${names} out of the map` : `Moved ${names} into ${map}`
  edit(moveStagesEdits({ ids: stages, map, positions }), done)
  tellBroken(done, brokenBy(text, useChainStore.getState().text))
  return true
}

/** Lays the whole chain out anew, from left to right, what is inside maps too. */
export function tidyUp(): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  const boxes = placeChain(good.chain, useFlowStore.getState().edges, {})
  const positions = Object.fromEntries([...boxes].map(([id, { x, y }]) => [id, { x, y }]))
  edit([{ kind: 'move', positions }], 'Tidy up')
}
