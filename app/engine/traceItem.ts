import { cellState } from '../../shared/cell.ts'
import type { Json } from '../../shared/json.ts'
import type { ItemTrace, StageTrace } from '../../shared/trace.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import type { Scope } from '../core/expression.ts'
import { nextAttempt } from '../core/nextAttempt.ts'
import type { Plan, PlannedModelStage, PlannedStage } from '../core/plan.ts'
import type { AttemptRecord, ItemRecord } from '../ports/runStore.ts'
import { cellStateOf, sumAttempts } from './itemRecord.ts'
import { type RenderedStage, renderModelStage, type StageOutcome } from './modelStage.ts'
import { runItem, type StageEnd } from './runItem.ts'
import { readStored } from './storedJson.ts'

interface Traced {
  readonly run: string
  readonly index: number
  readonly key: string
  readonly plan: Plan
  readonly item: { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string }
  readonly total: number | null
  readonly attempts: readonly AttemptRecord[]
  /** null: the item is not finished. */
  readonly record: ItemRecord | null
  /** The item's cells where the run goes on; null: it does not. */
  readonly liveCells: Uint8Array | null
  readonly isCancelled: boolean
}

/**
 * Everything known of one item. What a model answered is stored; what stages only compute is worked out again from it,
 * by the same code that ran it, so that nothing need be stored twice.
 */
export async function traceItem(traced: Traced): Promise<ItemTrace> {
  const { run, index, key, item, record, attempts, liveCells, isCancelled } = traced
  const replayed = item.ok ? await replay(traced, item.value) : null
  const stages = traced.plan.stages.map((stage) =>
    stageTrace(stage, {
      traced,
      end: replayed?.ends[stage.column] ?? null,
      rendered: replayed?.rendered.get(stage.id) ?? null,
    }),
  )
  const sums = sumAttempts(attempts)
  const status =
    record?.status ?? (liveCells?.some((code) => code !== 0) ? 'running' : isCancelled ? 'cancelled' : 'waiting')
  return {
    run,
    index,
    key,
    status,
    item: item.ok ? item.value : null,
    itemProblem: item.ok ? null : item.message,
    stages,
    output: record === null ? null : readStored(record.outputJson),
    error: record?.error ?? null,
    usage: sums.usage,
    costMicros: sums.costMicros,
    latencyMs: record?.latencyMs ?? sums.latencyMs,
  }
}

interface Replay {
  readonly ends: readonly StageEnd[]
  readonly rendered: ReadonlyMap<string, RenderedStage>
}

async function replay(traced: Traced, item: Json): Promise<Replay> {
  const rendered = new Map<string, RenderedStage>()
  const scope: Scope = {
    item,
    params: traced.plan.params,
    run: { id: traced.run, index: traced.index, total: traced.total },
  }
  const model = async (stage: PlannedModelStage, stageScope: Scope): Promise<StageOutcome> => {
    const asked = await renderModelStage(stage, stageScope)
    rendered.set(stage.id, asked)
    if (!asked.ok) return { kind: 'failed', failure: asked.failure }
    return decided(stage, traced)
  }
  const end = await runItem(traced.plan, scope, { model, ended: () => undefined })
  return { ends: end.stages, rendered }
}

/** What the stored attempts say of a cell; undecided ones stay open. */
function decided(stage: PlannedModelStage, { attempts, record }: Traced): StageOutcome {
  const counted = attempts.filter((attempt) => attempt.stage === stage.id && !attempt.forgotten)
  const step = nextAttempt(counted, stage.policy, 0)
  if (step.kind === 'succeeded') return step
  if (step.kind === 'failed') return step
  const last = counted.at(-1)
  // A finished item's last word stands, whatever today's rules would do next.
  if (record !== null && last?.outcome.status === 'failed') return { kind: 'failed', failure: last.outcome.failure }
  return { kind: 'suspended' }
}

function stageTrace(
  stage: PlannedStage,
  of: { traced: Traced; end: StageEnd | null; rendered: RenderedStage | null },
): StageTrace {
  const { traced, end, rendered } = of
  const attempts = traced.attempts
    .filter((attempt) => attempt.stage === stage.id)
    .map((attempt) => closeLost(attempt, traced.liveCells !== null))
  const sums = attempts.length === 0 ? { usage: NO_USAGE, costMicros: 0, latencyMs: 0 } : sumAttempts(attempts)
  const storedState = traced.record?.cells[stage.column] ?? traced.liveCells?.[stage.column]
  const isOpen = end === null || end.kind === 'suspended'
  const last = attempts.at(-1)
  const answered = last?.outcome.status === 'succeeded' ? last.outcome.output : null
  return {
    stage: stage.id,
    kind: stage.kind,
    state: storedState !== undefined ? cellState(storedState) : isOpen ? 'waiting' : cellStateOf(end),
    reason: end?.kind === 'skipped' ? end.reason : null,
    input: rendered?.ok === true ? rendered.input : null,
    prompt: rendered?.ok === true ? rendered.prompt : (last?.request.messages[0]?.text ?? null),
    instructions: rendered?.ok === true ? rendered.instructions : (last?.request.instructions ?? null),
    output: end?.kind === 'succeeded' || end?.kind === 'failed' ? end.output : answered,
    failure: end?.kind === 'failed' ? end.failure : null,
    attempts,
    ...sums,
  }
}

/** An attempt that never ended, of a run that does not go on: its process was killed. */
function closeLost(attempt: AttemptRecord, isLive: boolean): AttemptRecord {
  return attempt.outcome.status === 'running' && !isLive ? { ...attempt, outcome: { status: 'lost' } } : attempt
}
