import type { Chain } from '../../shared/chain.ts'
import { type ChainGraph, chainGraph } from '../../shared/graph.ts'
import { paramOf, paramProblem } from '../../shared/param.ts'
import type { RunStage } from '../../shared/run.ts'
import { namedSourcesOf } from '../../shared/source.ts'
import type { GatherStage } from '../../shared/stages.ts'
import { findStage } from '../../shared/stageTree.ts'
import { type ChainUses, NO_USES } from './chainUses.ts'
import { type CompiledValue, compileValue, compileWhere } from './expression.ts'
import type { Plan, PlanChanges, Planned, PlannedCorrelate, PlannedGather, PlannedLane, PlanProblem } from './plan.ts'
import type { PlanContext } from './planContext.ts'
import { asExpression } from './planModel.ts'
import { defaultParams, lastOutputs, planStages } from './planStages.ts'

/** The chain must have passed shared/chainDocument.ts without errors, and so must all that it uses. */
export function planChain(chain: Chain, changes: PlanChanges, uses: ChainUses = NO_USES): Planned {
  const graph = chainGraph(chain)
  const problems: PlanProblem[] = [...changeProblems(chain, changes)]
  const context: PlanContext = { inside: graph.inside, changes, uses, problems, within: [] }
  const lanes = planLanes(chain, graph, context)
  const params = { ...defaultParams(chain.params ?? {}), ...changes.params }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, plan: { lanes, params } }
}

function planLanes(chain: Chain, graph: ChainGraph, context: PlanContext): readonly PlannedLane[] {
  let begins: PlannedGather | null = null
  return graph.lanes.map((lane, index): PlannedLane => {
    const isLast = index === graph.lanes.length - 1
    const stages = planStages(
      { stages: chain.stages, order: lane.stages, dependencies: graph.dependencies, path: ['stages'] },
      context,
    )
    const ends = lane.ends === null ? null : planGather(chain, lane.ends, { column: stages.length, context })
    if (index > 0 && ends !== null && ends.correlate !== null)
      context.problems.push({
        path: ['stages', ends.id, 'correlate'],
        message: 'Items of several sources are correlated in the first lane: groups come from no source.',
      })
    const written = isLast ? (chain.output ?? lastOutputs(graph.last)) : null
    const planned: PlannedLane = { begins, ends, stages, output: compileValue(written, 'output') }
    begins = ends
    return planned
  })
}

function planGather(chain: Chain, id: string, at: { column: number; context: PlanContext }): PlannedGather {
  const stage = chain.stages[id] as GatherStage
  const place = `stages.${id}`
  const seconds = (value: number | undefined) => (value === undefined ? null : value * 1000)
  return {
    id,
    column: at.column,
    size: stage.size ?? null,
    withinMs: seconds(stage.within),
    key: stage.key === undefined ? null : compileValue(asExpression(stage.key), `${place}.key`),
    where: stage.where === undefined ? null : compileWhere(stage.where, `${place}.where`),
    value: stage.value === undefined ? null : compileValue(stage.value, `${place}.value`),
    correlate: stage.correlate === undefined ? null : planCorrelate(chain, { id, stage }, at.context),
  }
}

function planCorrelate(
  chain: Chain,
  { id, stage }: { id: string; stage: GatherStage },
  { problems }: PlanContext,
): PlannedCorrelate {
  const { by, of, within } = stage.correlate ?? { by: '', of: [] }
  const path = ['stages', id, 'correlate']
  const sources = chain.source === undefined ? null : namedSourcesOf(chain.source)
  for (const [index, name] of of.entries())
    if (sources !== null && !(name in sources))
      problems.push({
        path: [...path, 'of', index],
        message: `There is no source \`${name}\`. Sources: ${Object.keys(sources).join(', ')}.`,
      })
  if (sources === null)
    problems.push({
      path,
      message: 'Items can be correlated where the chain names several sources: `source: {orders: …, customers: …}`.',
    })
  const key = (name: string): CompiledValue => {
    const written = typeof by === 'string' ? by : by[name]
    if (written === undefined)
      problems.push({ path: [...path, 'by'], message: `It does not say by what \`${name}\` is correlated.` })
    return compileValue(asExpression(written ?? 'null'), `stages.${id}.correlate.by`)
  }
  return {
    by: new Map(of.map((name) => [name, key(name)])),
    of,
    withinMs: within === undefined ? null : within * 1000,
  }
}

function changeProblems(chain: Chain, changes: PlanChanges): readonly PlanProblem[] {
  const problems: PlanProblem[] = []
  for (const id of [...Object.keys(changes.tiers), ...Object.keys(changes.stages)])
    if (findStage(chain, id)?.stage.kind !== 'model')
      problems.push({
        path: ['stages', id],
        message: `There is no model stage \`${id}\` to be changed for this launch.`,
      })
  const written = chain.params ?? {}
  for (const [name, value] of Object.entries(changes.params)) {
    const path = ['params', name]
    const known = written[name]
    if (known === undefined) {
      const names = Object.keys(written)
      const has = names.length === 0 ? '' : `; it has: ${names.join(', ')}`
      problems.push({ path, message: `The chain has no param \`${name}\`${has}.` })
      continue
    }
    const wrong = paramProblem(paramOf(known), value)
    if (wrong !== null) problems.push({ path, message: `\`${name}\`: ${wrong}` })
  }
  for (const [name, value] of Object.entries(written))
    if (paramOf(value).default === undefined && !(name in changes.params))
      problems.push({
        path: ['params', name],
        message: `The param \`${name}\` has no default: give it a value for this launch.`,
      })
  return problems
}

/** The stages as summaries and grids list them, lane by lane. */
export function runStages(plan: Plan): readonly RunStage[] {
  return plan.lanes.flatMap(({ stages, ends }, lane) => [
    ...stages.map(
      (stage): RunStage => ({ id: stage.id, kind: stage.kind, tier: stage.kind === 'model' ? stage.tier : null, lane }),
    ),
    ...(ends === null ? [] : [{ id: ends.id, kind: 'gather' as const, tier: null, lane }]),
  ])
}
