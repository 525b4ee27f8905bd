import { type GraphProblem, graphError } from './graphProblem.ts'
import { sortByDependency } from './sortByDependency.ts'
import type { Stage } from './stages.ts'

/** The part of a chain whose stages run once per item, or once per group of the lane before. */
export interface Lane {
  /** The gather whose groups run through it; null: the source's items. */
  readonly begins: string | null
  /** The gather that takes its items on; null: it is the last lane. */
  readonly ends: string | null
  /** Its stages without the gather that ends it, each behind all that it depends on. */
  readonly stages: readonly string[]
}

interface Parts {
  readonly stages: { readonly [id: string]: Stage }
  /** Stage id → ids of the stages that it names, cycles and all. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** Stages that name `items` or `group`. */
  readonly ofGroups: ReadonlySet<string>
}

export interface Lanes {
  readonly lanes: readonly Lane[]
  readonly laneOf: ReadonlyMap<string, number>
  /** Stage id → the gather that its `items` and `group` come from. */
  readonly groupsOf: ReadonlyMap<string, string>
  readonly problems: readonly GraphProblem[]
}

/** Which stages run once per item and which once per group: a stage stands behind a gather when it uses what that gives. */
export function lanesOf({ stages, named, ofGroups }: Parts): Lanes {
  const ids = Object.keys(stages)
  const gathers = ids.filter((id) => stages[id]?.kind === 'gather')
  const laneOf = new Map<string, number>()
  const groupsOf = new Map<string, string>()
  const problems: GraphProblem[] = []
  const [only] = gathers
  const before = (id: string) => {
    const direct = named.get(id) ?? []
    const usesOnly = gathers.length === 1 && only !== undefined && only !== id && ofGroups.has(id)
    return usesOnly && !direct.includes(only) ? [...direct, only] : direct
  }
  const { order } = sortByDependency(ids, new Map(ids.map((id) => [id, before(id)])))
  const gatherOf = new Map<number, string>()
  for (const id of order) {
    const lanes = before(id).map((other) => (laneOf.get(other) ?? 0) + (stages[other]?.kind === 'gather' ? 1 : 0))
    const lane = Math.max(0, ...lanes)
    laneOf.set(id, lane)
    if (ofGroups.has(id)) {
      const gather = gatherOf.get(lane - 1)
      if (gather !== undefined) groupsOf.set(id, gather)
      else problems.push(graphError(['stages', id], noGroups(gathers)))
    }
    if (stages[id]?.kind !== 'gather') continue
    const other = gatherOf.get(lane)
    if (other === undefined) gatherOf.set(lane, id)
    else problems.push(graphError(['stages', id], twoGathers(other, id)))
  }
  const count = Math.max(0, ...laneOf.values(), ...[...gatherOf.keys()].map((lane) => lane + 1)) + 1
  const lanes = Array.from(
    { length: count },
    (_, lane): Lane => ({
      begins: gatherOf.get(lane - 1) ?? null,
      ends: gatherOf.get(lane) ?? null,
      stages: order.filter((id) => laneOf.get(id) === lane && stages[id]?.kind !== 'gather'),
    }),
  )
  return { lanes, laneOf, groupsOf, problems }
}

function noGroups(gathers: readonly string[]): string {
  if (gathers.length === 0) return '`items` and `group` are known only behind a gather stage.'
  const [first = ''] = gathers
  return `This chain gathers more than once: say which groups are meant, with \`${first}.items\` or \`after: [${first}]\`.`
}

function twoGathers(first: string, second: string): string {
  return `\`${first}\` and \`${second}\` would gather the same items. Let one come after the other: \`after: [${first}]\`.`
}
