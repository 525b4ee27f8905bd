import type { Json } from '../../shared/json.ts'
import { paramOf } from '../../shared/param.ts'
import type { ChainStage, MapStage, Stage } from '../../shared/stages.ts'
import type { YamlPath } from '../../shared/yamlProblems.ts'
import type { UsedChain } from './chainUses.ts'
import { compileCondition, compileListValue, compileValue } from './expression.ts'
import type { PlannedStage, PlanProblem, StageList } from './plan.ts'
import type { PlanContext, StageContext } from './planContext.ts'
import { DEFAULT_TIMEOUT_MS, planModel, retryPolicy } from './planModel.ts'

const DEFAULT_MAP_CONCURRENCY = 8
const DEFAULT_MAX_BYTES = 5_000_000

interface Group {
  readonly stages: { readonly [id: string]: Stage }
  /** Which of them, each behind all that it depends on. */
  readonly order: readonly string[]
  readonly dependencies: ReadonlyMap<string, readonly string[]>
  readonly path: YamlPath
}

export function planStages(
  { stages, order, dependencies, path }: Group,
  context: PlanContext,
): readonly PlannedStage[] {
  const columns = new Map(order.map((id, column) => [id, column]))
  return order.flatMap((id, column) => {
    const stage = stages[id]
    if (stage === undefined) return []
    const dependsOn = (dependencies.get(id) ?? []).flatMap((other) => columns.get(other) ?? [])
    const place = [...path, id]
    const when = stage.when === undefined ? null : compileCondition(stage.when, `${place.join('.')}.when`)
    const common = { id, column, dependsOn, when, onError: 'fail', ...keptOnError(stage) } as const
    return { ...common, ...planOwn(stage, { ...context, id, path: place }) }
  })
}

function keptOnError(stage: Stage): { onError?: NonNullable<Exclude<Stage, MapStage>['onError']> } {
  return stage.kind === 'map' || stage.onError === undefined ? {} : { onError: stage.onError }
}

type OwnOf<S> = S extends PlannedStage ? Omit<S, 'id' | 'column' | 'dependsOn' | 'when' | 'onError'> : never

function planOwn(stage: Stage, context: StageContext): OwnOf<PlannedStage> {
  const place = context.path.join('.')
  const value = (key: string, written: Json) => compileValue(written, `${place}.${key}`)
  switch (stage.kind) {
    case 'model':
      return planModel(stage, context)
    case 'transform':
      return { kind: 'transform', value: value('value', stage.value) }
    case 'chunk':
      return {
        kind: 'chunk',
        text: value('text', stage.text),
        by: stage.by,
        size: stage.size,
        overlap: stage.overlap ?? 0,
      }
    case 'map':
      return planMap(stage, context)
    case 'fetch':
      return {
        kind: 'fetch',
        url: value('url', stage.url),
        method: stage.method ?? 'GET',
        headers: stage.headers === undefined ? null : value('headers', stage.headers),
        body: stage.body === undefined ? null : value('body', stage.body),
        maxBytes: stage.maxBytes ?? DEFAULT_MAX_BYTES,
        timeoutMs: stage.timeout === undefined ? DEFAULT_TIMEOUT_MS : stage.timeout * 1000,
        policy: { ...retryPolicy(stage), repairs: 0 },
      }
    case 'chain':
      return planChainStage(stage, context)
    case 'gather':
      throw new Error(`A gather is no stage of a list: ${context.id}.`)
  }
}

function planMap(stage: MapStage, context: StageContext): OwnOf<Extract<PlannedStage, { kind: 'map' }>> {
  const { id, path, inside } = context
  const group = inside.get(id) ?? { order: [], dependencies: new Map(), last: [] }
  const stages = planStages({ stages: stage.stages, ...group, path: [...path, 'stages'] }, context)
  const place = path.join('.')
  return {
    kind: 'map',
    over: compileListValue(stage.over, `${place}.over`),
    as: stage.as,
    inner: { stages, output: compileValue(stage.output ?? lastOutputs(group.last), `${place}.output`) },
    isSequential: stage.mode === 'sequential',
    concurrency: stage.mode === 'sequential' ? 1 : (stage.concurrency ?? DEFAULT_MAP_CONCURRENCY),
    onElementError: stage.onError ?? 'fail',
  }
}

function planChainStage(stage: ChainStage, context: StageContext): OwnOf<Extract<PlannedStage, { kind: 'chain' }>> {
  const { path, uses, problems, within } = context
  const place = path.join('.')
  const used = uses.chains.get(stage.file)
  const refuse = (message: string) => problems.push({ path: [...path, 'file'], message })
  if (used === undefined) refuse(`There is no chain ${stage.file}.`)
  else if (within.includes(stage.file)) refuse(`${[...within, stage.file].join(' → ')}: these chains use each other.`)
  else if (used.graph.lanes.length > 1)
    refuse(`${stage.file} gathers items: such a chain cannot be one stage of another.`)
  const own = stage.params ?? {}
  const unknown = Object.keys(own).find((name) => used !== undefined && !(name in (used.chain.params ?? {})))
  if (unknown !== undefined)
    problems.push({ path: [...path, 'params', unknown], message: `${stage.file} has no param \`${unknown}\`.` })
  const isRight = used !== undefined && !within.includes(stage.file) && used.graph.lanes.length === 1
  return {
    kind: 'chain',
    file: stage.file,
    name: used?.chain.name ?? stage.file,
    item: stage.item === undefined ? null : compileValue(stage.item, `${place}.item`),
    params: stage.params === undefined ? null : compileValue(stage.params, `${place}.params`),
    defaults: used === undefined ? {} : defaultParams(used.chain.params ?? {}),
    inner: isRight ? planUsed(used, stage.file, context) : { stages: [], output: compileValue(null, place) },
  }
}

function planUsed({ chain, graph }: UsedChain, file: string, context: StageContext): StageList {
  const inner = {
    ...context,
    inside: graph.inside,
    // What a launch changes is said of the launched chain's own stages.
    changes: { params: {}, tiers: {}, stages: {} },
    within: [...context.within, file],
    problems: [] as PlanProblem[],
  }
  const stages = planStages({ stages: chain.stages, ...graph, path: [file, 'stages'] }, inner)
  for (const { path, message } of inner.problems)
    context.problems.push({ path: [...context.path, 'file'], message: `${path.join('.')}: ${message}` })
  return { stages, output: compileValue(chain.output ?? lastOutputs(graph.last), `${file}.output`) }
}

/** What stages give where no output is written: every last one's, by name. */
export function lastOutputs(last: readonly string[]): Json {
  return Object.fromEntries(last.map((id) => [id, `{{ ${id} }}`]))
}

/** The values that params have where nobody gives others. */
export function defaultParams(params: { readonly [name: string]: Json }): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(params).map(([name, written]) => [name, paramOf(written).default ?? null]))
}
