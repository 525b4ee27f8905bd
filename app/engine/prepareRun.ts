import type { Chain } from '../../shared/chain.ts'
import { sinkKind } from '../../shared/sink.ts'
import type { Source } from '../../shared/source.ts'
import { hasErrors, parseChain, placeInText } from '../../shared/chainDocument.ts'
import type { Problem } from '../../shared/problem.ts'
import type { LaunchOptions } from '../../shared/run.ts'
import { needsTotal } from '../core/needsTotal.ts'
import { loadSchemaCompiler } from '../core/outputSchema.ts'
import { type Plan, planChain } from '../core/plan.ts'
import type { Models } from '../ports/models.ts'

/** A chain and a launch's options, checked against each other and made ready. */
export interface Prepared {
  readonly chain: Chain
  readonly plan: Plan
  readonly needsTotal: boolean
  /** All its tiers are simulated. */
  readonly simulated: boolean
}

export type Preparation =
  | { readonly ok: true; readonly value: Prepared }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Everything that can be said against running this text with these options, before anything is opened or paid. */
export async function prepareRun(text: string, options: LaunchOptions, models: Models): Promise<Preparation> {
  const { chain, graph, problems } = parseChain(text)
  if (chain === null || graph === null || hasErrors(problems))
    return { ok: false, problems: problems.filter(({ severity }) => severity === 'error') }
  if (holdsSchema(chain)) await loadSchemaCompiler()
  const planned = planChain(chain, { params: options.params ?? {}, tiers: options.tiers ?? {} })
  if (!planned.ok) return { ok: false, problems: planned.problems.map((problem) => atPlace(text, problem)) }
  const { plan } = planned
  const found: Problem[] = []
  let simulated = true
  for (const stage of plan.stages) {
    if (stage.kind !== 'model') continue
    const path = ['stages', stage.id, 'tier']
    const lookup = models.tier(stage.tier)
    if (!lookup.ok) {
      found.push(atPlace(text, { path, message: lookup.message }))
      continue
    }
    simulated &&= lookup.model.simulated
    const isPriced = lookup.model.costMicros({ inputTokens: 1, outputTokens: 1, cachedTokens: 0 }) !== null
    if (options.budgetUsd !== undefined && !isPriced)
      found.push(
        atPlace(text, {
          path,
          message: `The price of tier \`${stage.tier}\` is not known, so that no budget can hold it. Add \`price: { input: …, output: … }\` to it in jacquard.yaml, or launch without a budget.`,
        }),
      )
  }
  if (found.length > 0) return { ok: false, problems: found }
  return { ok: true, value: { chain, plan, needsTotal: needsTotal(graph), simulated } }
}

/** Everything that can be said against a chain as it is drawn, warnings included. */
export async function checkChain(text: string, models: Models): Promise<readonly Problem[]> {
  const { problems } = parseChain(text)
  if (hasErrors(problems)) return problems
  const prepared = await prepareRun(text, {}, models)
  return prepared.ok ? problems : [...problems, ...prepared.problems]
}

function holdsSchema({ stages }: Chain): boolean {
  return Object.values(stages).some((stage) => stage.kind === 'model' && stage.output !== undefined)
}

/** The source of a launch: the one it names, else the chain's own. */
export function launchSource(chain: Chain, options: LaunchOptions): Source | null {
  return options.source ?? chain.source ?? null
}

/** The results file of a launch, as it is written in chain or options; null: none. */
export function launchOutput(chain: Chain, options: LaunchOptions): string | null {
  if (options.output !== undefined) return options.output
  if (chain.sink === undefined) return null
  return sinkKind(chain.sink) === 'jsonl' && 'jsonl' in chain.sink
    ? chain.sink.jsonl
    : 'csv' in chain.sink
      ? chain.sink.csv
      : null
}

function atPlace(text: string, { path, message }: { path: readonly (string | number)[]; message: string }): Problem {
  return { severity: 'error', path, message, ...placeInText(text, path) }
}
