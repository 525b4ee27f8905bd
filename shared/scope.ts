import { type Chain, RESERVED_NAMES } from './chain.ts'
import type { Lanes } from './lanes.ts'
import { allStages, type PlacedStage } from './stageTree.ts'

/** A name that an expression may use, and what it stands for. */
export type ScopeName =
  | { readonly name: string; readonly kind: 'item' | 'params' | 'run' | 'map' }
  /** The groups of this gather. */
  | { readonly name: string; readonly kind: 'items' | 'group'; readonly gather: string }
  | { readonly name: string; readonly kind: 'stage' }
  /** One element of the list that this map runs over. */
  | { readonly name: string; readonly kind: 'element'; readonly map: string }

export type Scope = readonly ScopeName[]

/** null: expressions do not use the name for anything of their own. */
export function nameKind(name: string): (typeof RESERVED_NAMES)[number] | null {
  return RESERVED_NAMES.find((reserved) => reserved === name) ?? null
}

/** Which names are known where. Stages that a stage must not use for they would wait for each other are still known. */
export class ScopeBuilder {
  readonly #lanes: Lanes
  readonly #placed: readonly PlacedStage[]

  constructor(chain: Chain, lanes: Lanes) {
    this.#lanes = lanes
    this.#placed = allStages(chain)
  }

  scopes(): ReadonlyMap<string, Scope> {
    return new Map(this.#placed.map(({ id }) => [id, this.scopeOf(id)]))
  }

  scopeOf(id: string): Scope {
    const placed = this.#placed.find((other) => other.id === id)
    if (placed === undefined) return []
    const scope = placed.map === null ? this.#laneScope(this.#lanes.laneOf.get(id) ?? 0) : this.insideOf(placed.map)
    return scope.filter((known) => known.name !== id)
  }

  /** The names known to the stages inside a map, and to its `output`. */
  insideOf(map: string): Scope {
    const placed = this.#placed.find((other) => other.id === map)
    if (placed?.stage.kind !== 'map') return []
    const own = this.#placed
      .filter((other) => other.map === map)
      .map(({ id }): ScopeName => ({ name: id, kind: 'stage' }))
    const outer = this.scopeOf(map).filter((known) => known.kind !== 'map')
    return [...outer, { name: placed.stage.as, kind: 'element', map }, { name: 'map', kind: 'map' }, ...own]
  }

  outputScope(): Scope {
    return this.#laneScope(this.#lanes.lanes.length - 1)
  }

  #laneScope(index: number): Scope {
    const lane = this.#lanes.lanes[index]
    const begins = lane?.begins ?? null
    const own = (lane?.stages ?? []).map((name): ScopeName => ({ name, kind: 'stage' }))
    const first: ScopeName[] =
      begins === null
        ? [{ name: 'item', kind: 'item' }]
        : [
            { name: 'items', kind: 'items', gather: begins },
            { name: 'group', kind: 'group', gather: begins },
            { name: begins, kind: 'stage' },
          ]
    return [...first, { name: 'params', kind: 'params' }, { name: 'run', kind: 'run' }, ...own]
  }
}
