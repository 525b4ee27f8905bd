import type { Chain } from '../../../../shared/chain.ts'
import { findStage } from '../../../../shared/stageTree.ts'
import { ELEMENT_HANDLE, OUTPUT_NODE, RESULT_HANDLE } from '../canvas/nodeIds.ts'
import type { WireEnds } from './wireEnds.ts'
import { onLevel } from './wireTrail.ts'

/** Why a wire cannot cross the border of a map; null: it does not, or it may. */
export function mapRefusal(chain: Chain, ends: WireEnds): string | null {
  const { source, target, sourceHandle = null, targetHandle = null } = ends
  const from = findStage(chain, source)
  if (targetHandle === RESULT_HANDLE && source !== target && from?.map !== target)
    return `What an element of \`${target}\` gives comes from the stages inside: draw the wire from one of them.`
  if (from === null) return null
  const isTargetInside = target !== OUTPUT_NODE && findStage(chain, target)?.path.includes(source) === true
  if (sourceHandle === ELEMENT_HANDLE && from.stage.kind === 'map')
    return isTargetInside ? null : `\`${from.stage.as}\` is one element of \`${source}\`: only stages inside know it.`
  if (from.map === null || from.map === target) return null
  // Known on its own level and in every map that stands there.
  const isKnown = target !== OUTPUT_NODE && onLevel(chain, target, from.map) !== null
  return isKnown
    ? null
    : `\`${source}\` runs inside \`${from.map}\`: draw the wire from the map itself, whose output is a list with one entry for each element.`
}
