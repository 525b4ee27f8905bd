import { parseChain } from '../../shared/chainDocument.ts'
import type { PackCounts } from '../../shared/group.ts'
import type { Json } from '../../shared/json.ts'
import { formatProblem } from '../../shared/problem.ts'
import type { PauseReason } from '../../shared/run.ts'
import type { Settings } from '../../shared/tier.ts'
import { createModels } from '../backends/tiers.ts'
import { type ChainUses, NO_USES } from '../core/chainUses.ts'
import { loadSchemaCompiler } from '../core/outputSchema.ts'
import { modelStages, type Plan, type PlannedModelStage } from '../core/plan.ts'
import { planChain } from '../core/planChain.ts'
import { Budget } from '../engine/model/budget.ts'
import { Limiters } from '../engine/model/limiter.ts'
import { Memory } from '../engine/model/memory.ts'
import { modelCalls } from '../engine/model/modelCalls.ts'
import { runModelStage, type StageOutcome } from '../engine/model/modelStage.ts'
import { PackRoom } from '../engine/pack/packRoom.ts'
import { RunSwitch } from '../engine/run/runSwitch.ts'
import type { Clock } from '../ports/clock.ts'
import type { ImageFiles } from '../ports/imageFiles.ts'
import type { AttemptRecord, PackRecord } from '../ports/runStore.ts'
import { systemClock } from '../systemClock.ts'

/** One model stage, called `ask`, for some items at once. */
export interface StageSetup {
  /** Its YAML, without `kind`. */
  readonly stage: string
  readonly tiers: NonNullable<Settings['tiers']>
  readonly uses?: Partial<ChainUses>
  readonly clock?: Clock
  readonly images?: ImageFiles
  readonly sourceFolder?: string
  readonly budgetMicros?: number
  /** What an earlier process did. */
  readonly before?: readonly AttemptRecord[]
  readonly packsBefore?: readonly PackCounts[]
  /** Whether more items may come; else the items given are all. */
  mayGrow?(): boolean
}

/** A run of one stage, in memory but for the calls: those go over HTTP. */
export interface StageRun {
  /** Begins an item; its index is the number of those before. */
  ask(item: Json): Promise<StageOutcome>
  /** In the order of their ending; those that never did are `running`. */
  attempts(): readonly AttemptRecord[]
  readonly packs: ReadonlyMap<string, PackRecord>
  counts(): readonly PackCounts[]
  readonly room: PackRoom
  readonly stops: RunSwitch
  readonly paused: readonly PauseReason[]
}

export async function startStage(setup: StageSetup): Promise<StageRun> {
  await loadSchemaCompiler()
  const { clock = systemClock } = setup
  const { plan, stage } = planned(setup)
  const models = await createModels({
    settings: { tiers: setup.tiers },
    env: { TEST_KEY: 'key' },
    simulated: { complete: () => Promise.reject(new Error('No simulated model here.')) },
  })
  const stops = new RunSwitch()
  const paused: PauseReason[] = []
  const room = new PackRoom({
    mayGrow: setup.mayGrow ?? (() => false),
    waits: () => undefined,
    clock,
    before: setup.packsBefore ?? [],
  })
  const memory = new Memory({ remembered: () => null, answeredAsks: () => [] }, (text) => text)
  const calls = modelCalls(modelStages(plan), {
    models,
    limiters: new Limiters(clock),
    clock,
    budget: new Budget(setup.budgetMicros ?? null, 0),
    memory,
    takesFromOthers: true,
    stops,
    room,
    images: setup.images ?? { read: () => Promise.reject(new Error('No images here.')) },
    sourceFolder: setup.sourceFolder ?? null,
    canPause: true,
    mayCall: () => Promise.resolve(true),
    pause(reason) {
      paused.push(reason)
      stops.stopStarting()
    },
  }).get(stage)
  if (calls === undefined) throw new Error('There are no calls for the stage.')
  const records = new Map<string, AttemptRecord>()
  const keep = (attempt: AttemptRecord) => records.set(`${attempt.index} ${attempt.stage} ${attempt.number}`, attempt)
  for (const attempt of setup.before ?? []) keep(attempt)
  const packs = new Map<string, PackRecord>()
  let next = 0
  return {
    ask(item) {
      const index = next++
      const journal = {
        run: 'test',
        lane: 0,
        index,
        path: stage.id,
        attempts: (setup.before ?? []).filter((attempt) => attempt.index === index),
        started: keep,
        ended(attempt: AttemptRecord) {
          keep(attempt)
        },
        remembered: keep,
        state: () => undefined,
        packed: (record: PackRecord) => packs.set(record.pack, record),
      }
      const scope = { item, params: plan.params, run: { id: 'test', index, total: null } }
      return runModelStage(stage, scope, { calls, journal })
    },
    attempts: () => [...records.values()],
    packs,
    counts: () => room.counts(),
    room,
    stops,
    paused,
  }
}

/** Asks all items at once. */
export async function runStage(
  setup: StageSetup,
  items: readonly Json[],
): Promise<StageRun & { readonly outcomes: readonly StageOutcome[] }> {
  const run = await startStage(setup)
  const outcomes = await Promise.all(items.map((item) => run.ask(item)))
  return { ...run, outcomes }
}

/** What each item got: its output, or the kind of its failure in brackets. */
export function shortly(outcomes: readonly StageOutcome[]): readonly Json[] {
  return outcomes.map((outcome) => {
    if (outcome.kind === 'succeeded') return outcome.output
    return outcome.kind === 'failed' ? `(${outcome.failure.kind})` : '(suspended)'
  })
}

function planned({ stage: yaml, uses }: StageSetup): { plan: Plan; stage: PlannedModelStage } {
  const indented = yaml.trim().replaceAll(/^/gm, '    ')
  const text = `jacquard: 1\nsource: { text: a }\nstages:\n  ask:\n    kind: model\n${indented}\n`
  const { chain, problems } = parseChain(text)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (chain === null || errors.length > 0)
    throw new Error(errors.map((problem) => formatProblem(problem, 'test.chain.yaml')).join('\n'))
  const made = planChain(chain, { params: {}, tiers: {}, stages: {} }, { ...NO_USES, ...uses })
  if (!made.ok) throw new Error(made.problems.map(({ message }) => message).join('\n'))
  const [stage] = made.plan.lanes[0]?.stages ?? []
  if (stage?.kind !== 'model') throw new Error('There is no model stage.')
  return { plan: made.plan, stage }
}
