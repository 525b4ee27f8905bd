import { type Chain, RESERVED_NAMES } from './chain.ts'
import { type GraphProblem, graphError, graphWarning, suggestion } from './graphProblem.ts'
import { type Lane, type Lanes, lanesOf } from './lanes.ts'
import { type FoundReference, readReferences } from './readReferences.ts'
import { nameKind, type Scope, ScopeBuilder } from './scope.ts'
import { sinkProblems } from './sinkNames.ts'
import { sortByDependency } from './sortByDependency.ts'
import { stageExpressions } from './stageExpressions.ts'
import type { MapStage, Stage } from './stages.ts'
import { allStages } from './stageTree.ts'
import { type Wire, WireCollector } from './wires.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Stages that run side by side: those of the chain itself, or those of one map. */
export interface StageGroup {
  /** Stage ids, each behind all that it depends on. Stages on a cycle stand last, in document order. */
  readonly order: readonly string[]
  /** Stage id → ids of the stages of the same group that it waits for. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>
  /** Stages that no other one of the group waits for. Of the chain itself: in its last lane. */
  readonly last: readonly string[]
}

/** Who depends on whom, read from the chain's expressions and `after`. */
export interface ChainGraph extends StageGroup {
  /** Map id → its own stages. */
  readonly inside: ReadonlyMap<string, StageGroup>
  /** At least one; a further one behind each gather. */
  readonly lanes: readonly Lane[]
  /** Top-level stage id → index of its lane. */
  readonly laneOf: ReadonlyMap<string, number>
  readonly wires: readonly Wire[]
  /** Stage id → the names that its expressions may use. */
  readonly scopes: ReadonlyMap<string, Scope>
  /** The names that the chain's `output` may use. */
  readonly outputScope: Scope
  readonly problems: readonly GraphProblem[]
}

export type { GraphProblem } from './graphProblem.ts'
export type { Wire } from './wires.ts'

export function chainGraph(chain: Chain): ChainGraph {
  const problems: GraphProblem[] = [...idProblems(chain)]
  const uses = new Map(allStages(chain).map(({ id, stage, path }) => [id, readUses(stage, path, problems)]))
  const named = new Map(
    Object.entries(chain.stages).map(([id, stage]) => [id, namedBy(id, stage, { uses, ids: chain.stages })]),
  )
  const ofGroups = new Set(
    Object.entries(chain.stages).flatMap(([id, stage]) => (usesGroups(id, stage, uses) ? [id] : [])),
  )
  const lanes = lanesOf({ stages: chain.stages, named, ofGroups })
  problems.push(...lanes.problems)
  const builder = new ScopeBuilder(chain, lanes)
  const wires = new WireCollector()
  const inside = new Map<string, StageGroup>()

  const groupOf = (stages: { readonly [id: string]: Stage }, path: YamlPath, more: (id: string) => string[]) => {
    const ids = Object.keys(stages)
    const dependencies = new Map(
      ids.map((id) => [id, [...new Set([...namedBy(id, stages[id] as Stage, { uses, ids: stages }), ...more(id)])]]),
    )
    const { order, cycle } = sortByDependency(ids, dependencies)
    if (cycle.length > 0) {
      const message = `These stages wait for each other: ${[...cycle, cycle[0]].join(' → ')}. Take one of the references out.`
      problems.push(graphError([...path, cycle[0] ?? ''], message))
    }
    const used = new Set([...dependencies.values()].flat())
    return { order, dependencies, last: ids.filter((id) => !used.has(id)) }
  }

  for (const { id, stage, path, map } of allStages(chain)) {
    const scope = builder.scopeOf(id)
    for (const use of uses.get(id) ?? []) {
      const visible = use.isInside ? builder.insideOf(id) : scope
      checkName(use, { id, scope: visible, problems, chain, lanes })
      const from = wireFrom(use, { id, map, scope: visible, lanes })
      if (from !== null) wires.add({ from, to: id, kind: use.kind }, use.reference.field)
    }
    const siblings = map === null ? chain.stages : siblingsOf(chain, map)
    for (const [index, name] of (stage.after ?? []).entries()) {
      const place = [...path, 'after', index]
      if (!(name in siblings)) problems.push(unknownStage(name, Object.keys(siblings), place))
      else if (name === id) problems.push(graphError(place, `Stage \`${id}\` cannot come after itself.`))
      else wires.add({ from: name, to: id, kind: 'order' }, null)
    }
    if (stage.kind === 'map') {
      problems.push(...mapProblems(stage, path))
      inside.set(
        id,
        groupOf(stage.stages, [...path, 'stages'], () => []),
      )
    }
    if (stage.kind === 'gather') problems.push(...gatherProblems(stage, { path, map }))
  }
  const outputUses = chain.output === undefined ? [] : readOutput(chain.output, problems)
  const outputScope = builder.outputScope()
  for (const use of outputUses) {
    checkName(use, { id: null, scope: outputScope, problems, chain, lanes })
    const from = wireFrom(use, { id: null, map: null, scope: outputScope, lanes })
    if (from !== null) wires.add({ from, to: null, kind: 'data' }, use.reference.field)
  }

  const top = groupOf(chain.stages, ['stages'], (id) => {
    const gather = lanes.groupsOf.get(id)
    const isGather = chain.stages[id]?.kind === 'gather'
    const lane = lanes.laneOf.get(id) ?? 0
    return [...(gather === undefined ? [] : [gather]), ...(isGather ? (lanes.lanes[lane]?.stages ?? []) : [])]
  })
  wires.addLanes(chain, lanes, top)
  if (Object.keys(chain.stages).length === 0) problems.push(graphError(['stages'], 'A chain needs at least one stage.'))
  if (chain.sink !== undefined) problems.push(...sinkProblems(chain.sink, lanes.lanes.length > 1))
  if (chain.output !== undefined) problems.push(...unusedStages(top.last, wires.all()))
  return {
    ...top,
    inside,
    lanes: lanes.lanes,
    laneOf: lanes.laneOf,
    wires: wires.all(),
    scopes: builder.scopes(),
    outputScope,
    problems,
  }
}

/** One name that a stage's expressions read. */
interface Use {
  readonly reference: FoundReference
  readonly kind: 'data' | 'condition'
  readonly isInside: boolean
}

function readUses(stage: Stage, path: YamlPath, problems: GraphProblem[]): readonly Use[] {
  return stageExpressions(stage).flatMap(({ path: inner, value, isBare, isInside }) => {
    const read = readReferences(value, [...path, ...inner], isBare)
    problems.push(...read.problems)
    const kind = inner[0] === 'when' || inner[0] === 'where' ? 'condition' : 'data'
    return read.references.map((reference) => ({ reference, kind, isInside }))
  })
}

function readOutput(output: unknown, problems: GraphProblem[]): readonly Use[] {
  const read = readReferences(output, ['output'], false)
  problems.push(...read.problems)
  return read.references.map((reference) => ({ reference, kind: 'data', isInside: false }))
}

type Uses = ReadonlyMap<string, readonly Use[]>

/** The stages of `ids` that a stage, or anything inside it, names. */
function namedBy(id: string, stage: Stage, of: { uses: Uses; ids: { readonly [id: string]: Stage } }): string[] {
  const inner =
    stage.kind === 'map' ? Object.entries(stage.stages).flatMap(([name, child]) => namedBy(name, child, of)) : []
  const own = [...(of.uses.get(id) ?? []).map(({ reference }) => reference.name), ...(stage.after ?? [])]
  return [...new Set([...own, ...inner])].filter((name) => name in of.ids && name !== id)
}

function usesGroups(id: string, stage: Stage, uses: Uses): boolean {
  const own = (uses.get(id) ?? []).some(({ reference }) => reference.name === 'items' || reference.name === 'group')
  return (
    own || (stage.kind === 'map' && Object.entries(stage.stages).some(([name, child]) => usesGroups(name, child, uses)))
  )
}

interface NameContext {
  readonly id: string | null
  readonly scope: Scope
  readonly problems: GraphProblem[]
  readonly chain: Chain
  readonly lanes: Lanes
}

function checkName({ reference }: Use, { id, scope, problems, chain, lanes }: NameContext): void {
  const { name, path, offset } = reference
  if (name === id) {
    problems.push(graphError(path, `Stage \`${name}\` uses its own output.`, offset))
    return
  }
  if (scope.some((known) => known.name === name)) return
  const lane = id === null ? lanes.lanes.length - 1 : null
  const isElsewhere = name === 'item' || allStages(chain).some((placed) => placed.id === name)
  if (!isElsewhere) {
    // `items` without a gather is told with the lanes.
    if (name === 'items' || name === 'group') return
    const names = scope.map((known) => known.name)
    problems.push(
      graphError(path, `Unknown name \`${name}\`${suggestion(name, names)}. Known here: ${names.join(', ')}.`, offset),
    )
    return
  }
  const isInMap = allStages(chain).some((placed) => placed.id === name && placed.map !== null)
  const message = isInMap
    ? `\`${name}\` runs inside a map: use the map's output, a list with one entry for each element.`
    : name === 'item' || lane !== null || (lanes.laneOf.get(name) ?? 0) < (lanes.laneOf.get(id ?? '') ?? 0)
      ? `\`${name}\` is of one item, and this is worked out once a group: use \`items\`, which has what each member brought along.`
      : `\`${name}\` comes only behind the gather.`
  problems.push(graphError(path, message, offset))
}

interface WireContext {
  readonly id: string | null
  readonly map: string | null
  readonly scope: Scope
  readonly lanes: Lanes
}

/** Where the wire of a use begins: a stage, a reserved name, or the map whose element it is; null: none is drawn. */
function wireFrom({ reference: { name } }: Use, { id, scope, lanes }: WireContext): string | null {
  const known = scope.find((entry) => entry.name === name)
  if (known === undefined || name === id) return null
  if (known.kind === 'element') return known.map
  if (known.kind === 'map') return null
  if (known.kind === 'items' || known.kind === 'group')
    return (id === null ? lanes.lanes.at(-1)?.begins : known.gather) ?? null
  return name
}

function siblingsOf(chain: Chain, map: string): { readonly [id: string]: Stage } {
  const found = allStages(chain).find((placed) => placed.id === map)
  return found?.stage.kind === 'map' ? found.stage.stages : {}
}

function idProblems(chain: Chain): readonly GraphProblem[] {
  const seen = new Set<string>()
  return allStages(chain).flatMap(({ id, path }) => {
    if ((RESERVED_NAMES as readonly string[]).includes(id))
      return [graphError(path, `\`${id}\` is a name that expressions already use: give the stage another id.`)]
    if (seen.has(id)) return [graphError(path, `There is another stage \`${id}\`: each needs an id of its own.`)]
    seen.add(id)
    return []
  })
}

function mapProblems(stage: MapStage, path: YamlPath): readonly GraphProblem[] {
  const problems: GraphProblem[] = []
  if (nameKind(stage.as) !== null)
    problems.push(
      graphError([...path, 'as'], `\`${stage.as}\` is a name that expressions already use: choose another.`),
    )
  if (Object.keys(stage.stages).length === 0)
    problems.push(graphError([...path, 'stages'], 'A map needs at least one stage to run for each element.'))
  if (typeof stage.over === 'string' && !stage.over.includes('{{'))
    problems.push(
      graphError([...path, 'over'], 'This is text, not a list: write the list as an expression in `{{ }}`.'),
    )
  if (stage.mode === 'sequential' && stage.concurrency !== undefined)
    problems.push(
      graphError([...path, 'concurrency'], 'A sequential map runs one element at a time: leave one of the two out.'),
    )
  return problems
}

function gatherProblems(
  stage: Extract<Stage, { kind: 'gather' }>,
  { path, map }: { path: YamlPath; map: string | null },
): readonly GraphProblem[] {
  if (map !== null)
    return [
      graphError(path, 'A gather stands at the top of a chain: inside a map, the map itself gathers the elements.'),
    ]
  const problems: GraphProblem[] = []
  if (stage.when !== undefined) problems.push(graphError([...path, 'when'], 'A gather has `where` in place of `when`.'))
  if (
    stage.size === undefined &&
    stage.within === undefined &&
    stage.key === undefined &&
    stage.correlate === undefined
  )
    problems.push(
      graphWarning(path, 'Without `size`, `within`, `key` or `correlate` all items become one group at the end.'),
    )
  return problems
}

function unusedStages(last: readonly string[], wires: readonly Wire[]): readonly GraphProblem[] {
  const inOutput = new Set(wires.filter((wire) => wire.to === null).map((wire) => wire.from))
  return last
    .filter((id) => !inOutput.has(id))
    .map((id) => graphWarning(['stages', id], `Nothing uses the output of \`${id}\`: it still runs, and is paid for.`))
}

function unknownStage(name: string, ids: readonly string[], path: YamlPath): GraphProblem {
  return graphError(path, `There is no stage \`${name}\` here${suggestion(name, ids)}. Stages: ${ids.join(', ')}.`)
}
