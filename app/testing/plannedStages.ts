import { parseChain } from '../../shared/chainDocument.ts'
import type { Json } from '../../shared/json.ts'
import { formatProblem } from '../../shared/problem.ts'
import { type Scope, valueAsText } from '../core/expression.ts'
import type { PlannedModelStage, StageList } from '../core/plan.ts'
import { planChain } from '../core/planChain.ts'
import type { StageOutcome } from '../engine/model/modelStage.ts'
import type { StageCalls } from '../engine/stages/stageCalls.ts'

/** The stages of a chain without a source, planned. `chains`: texts of the chains that it uses, by file. */
export function plannedStages(stages: string, chains: { readonly [file: string]: string } = {}): StageList {
  const read = (text: string, file: string) => {
    const { chain, graph, problems } = parseChain(text)
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (chain === null || graph === null || errors.length > 0)
      throw new Error(errors.map((problem) => formatProblem(problem, file)).join('\n'))
    return { chain, graph }
  }
  const used = Object.entries(chains).map(([file, text]) => [file, read(text, file)] as const)
  const uses = { workers: new Map(), knowledge: new Map(), chains: new Map(used) }
  const { chain } = read(`jacquard: 1\n${stages}`, 'test.chain.yaml')
  const planned = planChain(chain, { params: {}, tiers: {}, stages: {} }, uses)
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join('\n'))
  const [lane] = planned.plan.lanes
  if (lane === undefined) throw new Error('The chain has no lane.')
  return lane
}

/** Calls whose models answer the rendered prompt as told. What a test needs otherwise it lays over. */
export function answeringCalls(
  answer: (prompt: string, path: string) => Promise<StageOutcome> | StageOutcome,
): StageCalls {
  return {
    async model(stage: PlannedModelStage, scope: Scope, path: string) {
      const prompt = await stage.prompt?.evaluate(scope)
      if (prompt?.ok === false) return { kind: 'failed', failure: prompt.failure }
      return answer(valueAsText(prompt?.value ?? null), path)
    },
    fetch: () => Promise.reject(new Error('No web here.')),
    ended: () => undefined,
    isSuspended: () => false,
  }
}

export function succeeded(output: Json): StageOutcome {
  return { kind: 'succeeded', output }
}

export function refused(message: string): StageOutcome {
  return { kind: 'failed', failure: { kind: 'refused', message } }
}
