import type { Chain } from './chain.ts'
import type { Lanes } from './lanes.ts'

/** One use of another stage (or of `item`, `params`, `run`) by a stage or by the chain's output. */
export interface Wire {
  /** A stage id or a reserved name. The id of the map that holds `to`: the element it runs for. */
  readonly from: string
  /** A stage id; null: the chain's `output`. */
  readonly to: string | null
  /** Fields of `from` that are named; empty: the whole value, or order only. */
  readonly fields: readonly string[]
  /** `order`: from `after`. `condition`: from `when` or `where`. `lane`: a gather takes the items of its lane. */
  readonly kind: 'data' | 'condition' | 'order' | 'lane'
}

export class WireCollector {
  readonly #wires = new Map<string, { wire: Omit<Wire, 'fields'>; fields: Set<string>; whole: boolean }>()

  add(wire: Omit<Wire, 'fields'>, field: string | null): void {
    const key = JSON.stringify([wire.from, wire.to, wire.kind])
    const entry = this.#wires.get(key) ?? { wire, fields: new Set<string>(), whole: false }
    if (field === null) entry.whole = true
    else entry.fields.add(field)
    this.#wires.set(key, entry)
  }

  /** What a gather takes without naming it: the last stages of its lane, or the items themselves. */
  addLanes(
    chain: Chain,
    { lanes }: Lanes,
    { dependencies }: { dependencies: ReadonlyMap<string, readonly string[]> },
  ): void {
    for (const lane of lanes) {
      const gather = lane.ends
      if (gather === null || !(gather in chain.stages)) continue
      const used = new Set(lane.stages.flatMap((id) => dependencies.get(id) ?? []))
      const last = lane.stages.filter((id) => !used.has(id))
      for (const from of last.length > 0 ? last : [lane.begins ?? 'item'])
        if (![...this.#wires.values()].some(({ wire }) => wire.from === from && wire.to === gather))
          this.add({ from, to: gather, kind: 'lane' }, null)
    }
  }

  all(): readonly Wire[] {
    return [...this.#wires.values()].map(({ wire, fields, whole }) => ({ ...wire, fields: whole ? [] : [...fields] }))
  }
}
