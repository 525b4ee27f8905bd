import type { Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import { type AttemptPolicy, nextAttempt } from '../../core/nextAttempt.ts'
import type { PlannedModelStage, StageList } from '../../core/plan.ts'
import type { StageOutcome } from '../model/modelStage.ts'
import { renderModelStage } from '../model/renderModelStage.ts'
import { policyFor } from '../stages/fetchStage.ts'
import type { ListEnd, StageEnd } from '../stages/itemEnd.ts'
import { renderFetchStage } from '../stages/renderFetch.ts'
import { runItem } from '../stages/runItem.ts'
import type { AttemptsByCell } from './attemptsByCell.ts'

/** Elements of one map that a trace shows. */
export const SHOWN_ELEMENTS = 1000

/** What a cell asked, as far as it can be worked out again. */
export interface Asked {
  readonly input: Json
  readonly prompt: string | null
  readonly instructions: string | null
}

/** What became of an item, worked out again from its stored attempts. */
export interface Replay {
  readonly ends: readonly StageEnd[]
  /** By the path of the cell. */
  readonly asked: ReadonlyMap<string, Asked>
  /** By the path of an element or of a used chain: `sections/3`, `sub`. */
  readonly inner: ReadonlyMap<string, { readonly input: Json; readonly end: ListEnd }>
  /** Elements that a map went through, by the path of its cell. */
  readonly elements: ReadonlyMap<string, number>
}

interface Replayed {
  readonly plan: StageList
  readonly scope: Scope
  readonly attempts: AttemptsByCell
  /** Nothing more will become of it. */
  readonly isFinished: boolean
}

/** Runs an item again by the same code, with the stored attempts in place of calls; undecided cells stay open. */
export async function replayItem({ plan, scope, attempts, isFinished }: Replayed): Promise<Replay> {
  const asked = new Map<string, Asked>()
  const inner = new Map<string, { input: Json; end: ListEnd }>()
  const elements = new Map<string, number>()
  const decide = (path: string, policy: AttemptPolicy) => decided(attempts, path, { policy, isFinished })
  const end = await runItem(plan, scope, {
    async model(stage: PlannedModelStage, stageScope, path) {
      const rendered = await renderModelStage(stage, stageScope)
      if (!rendered.ok) return { kind: 'failed', failure: rendered.failure }
      if (isShown(path)) asked.set(path, rendered)
      return decide(path, stage.policy)
    },
    async fetch(stage, stageScope, path) {
      const rendered = await renderFetchStage(stage, stageScope)
      if (!rendered.ok) return { kind: 'failed', failure: rendered.failure }
      if (isShown(path)) asked.set(path, { input: rendered.input, prompt: null, instructions: null })
      return decide(path, policyFor(stage, attempts.own(path)))
    },
    ended: () => undefined,
    isSuspended: () => false,
    isReplay: true,
    innerEnded(path, input, innerEnd) {
      const map = path.slice(0, Math.max(0, path.lastIndexOf('/')))
      if (/\/\d+$/.test(path)) elements.set(map, (elements.get(map) ?? 0) + 1)
      if (isShown(path)) inner.set(path, { input, end: innerEnd })
    },
  })
  return { ends: end.stages, asked, inner, elements }
}

function isShown(path: string): boolean {
  return path.split('/').every((part) => !(Number(part) > SHOWN_ELEMENTS))
}

interface Rules {
  readonly policy: AttemptPolicy
  readonly isFinished: boolean
}

/** What the stored attempts say of a cell, and of the parts in which its question was asked. */
export function decided(attempts: AttemptsByCell, path: string, rules: Rules): StageOutcome {
  const counted = attempts.own(path).filter((attempt) => !attempt.forgotten)
  const step = nextAttempt(counted, rules.policy, 0)
  if (step.kind === 'succeeded') return step
  const parts = attempts.below(path)
  if (parts.length > 0) return combined(attempts, { path, parts }, rules)
  if (step.kind === 'failed') return step
  const last = counted.at(-1)
  // A finished item's last word stands, whatever today's rules would do next.
  if (rules.isFinished && last?.outcome.status === 'failed') return { kind: 'failed', failure: last.outcome.failure }
  return { kind: 'suspended' }
}

/** Of a question that was too long for one call: the answer of the last, combining one, or what went wrong. */
function combined(
  attempts: AttemptsByCell,
  { path, parts }: { path: string; parts: readonly string[] },
  rules: Rules,
): StageOutcome {
  const outcomes = parts.map((part) => ({ part, outcome: decided(attempts, `${path}/${part}`, rules) }))
  const failed = outcomes.find(({ outcome }) => outcome.kind === 'failed')
  const whole = outcomes.find(({ part }) => part === 'combine')
  return failed?.outcome ?? whole?.outcome ?? { kind: 'suspended' }
}
