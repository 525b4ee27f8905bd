import type { ChainGraph, StageGroup } from '../../../../shared/graph.ts'
import type { Scope } from '../../../../shared/scope.ts'
import type { MapStage } from '../../../../shared/stages.ts'
import { findStage } from '../../../../shared/stageTree.ts'
import { describeName, type ScopeSources } from './describeName.ts'
import type { ScopeName } from './scopeName.ts'

/** Where an expression stands. */
export interface ScopePlace {
  /** null: the chain's `output`. */
  readonly stage: string | null
  /** Among the map's own stages: in its `output`. */
  readonly isInside: boolean
}

/** Every name in scope at one place, with what is known of it. What waits for the stage itself is left out. */
export function expressionScope(place: ScopePlace, sources: ScopeSources): readonly ScopeName[] {
  const { stage } = place
  const later = stage === null || isFree(stage, sources) ? new Set<string>() : stagesBehind(stage, sources)
  return scopeAt(place, sources)
    .filter(({ name }) => name !== stage && !later.has(name))
    .map((known) => describeName(known, sources))
    .sort((one, other) => rank(one.name) - rank(other.name))
}

/** What the item brings first, then the stages; what is the same everywhere last. */
function rank(name: string): number {
  return name === 'params' || name === 'run' ? 1 : 0
}

function scopeAt({ stage, isInside }: ScopePlace, sources: ScopeSources): Scope {
  const { chain, graph } = sources
  if (stage === null) return graph.outputScope
  const placed = findStage(chain, stage)
  if (isInside && placed?.stage.kind === 'map') return scopeInside(stage, placed.stage, graph)
  const scope = graph.scopes.get(stage) ?? []
  if (!isFree(stage, sources)) return scope
  const known = new Set(scope.map(({ name }) => name))
  return [...scope, ...graph.outputScope.filter(({ name }) => !known.has(name))]
}

/** A stage that uses nothing and that nothing but a gather uses may still come to stand behind that gather. */
function isFree(stage: string, { chain, graph }: ScopeSources): boolean {
  if (graph.lanes.length === 1 || graph.laneOf.get(stage) !== 0 || graph.dependencies.get(stage)?.length !== 0)
    return false
  return (
    chain.stages[stage]?.kind !== 'gather' &&
    graph.wires.every(({ from, to }) => from !== stage || (to !== null && chain.stages[to]?.kind === 'gather'))
  )
}

/** What the map's first stage may use, and that stage. */
function scopeInside(map: string, { stages }: MapStage, graph: ChainGraph): Scope {
  const [first] = Object.keys(stages)
  if (first === undefined) return graph.scopes.get(map) ?? []
  return [...(graph.scopes.get(first) ?? []), { name: first, kind: 'stage' }]
}

/** The stages that wait for a stage, or for the maps that hold it. */
function stagesBehind(stage: string, { chain, graph }: ScopeSources): ReadonlySet<string> {
  const behind = new Set<string>()
  for (let at: string | null = stage; at !== null; at = findStage(chain, at)?.map ?? null) {
    const map: string | null = findStage(chain, at)?.map ?? null
    const group: StageGroup | undefined = map === null ? graph : graph.inside.get(map)
    const queue = [at]
    for (const waited of queue)
      for (const [id, dependencies] of group?.dependencies ?? [])
        if (dependencies.includes(waited) && !behind.has(id)) {
          behind.add(id)
          queue.push(id)
        }
  }
  return behind
}
