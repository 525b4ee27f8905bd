import type { Chain } from '../../../shared/chain.ts'
import { hasErrors, parseChain, placeInText } from '../../../shared/chainDocument.ts'
import type { ChainGraph } from '../../../shared/graph.ts'
import { paramOf } from '../../../shared/param.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { LaunchOptions } from '../../../shared/run.ts'
import type { Sink } from '../../../shared/sink.ts'
import type { Source } from '../../../shared/source.ts'
import { findStage } from '../../../shared/stageTree.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import { needsTotal } from '../../core/needsTotal.ts'
import { loadSchemaCompiler } from '../../core/outputSchema.ts'
import { modelStages, type Plan, type PlanProblem } from '../../core/plan.ts'
import { planChain } from '../../core/planChain.ts'
import { loadTokenizer } from '../../core/tokens.ts'
import type { Models } from '../../ports/models.ts'
import type { UsedFiles } from '../../ports/usedFiles.ts'
import { readUses } from './readUses.ts'

/** A chain and a launch's options, checked against each other and made ready. */
export interface Prepared {
  readonly chain: Chain
  readonly plan: Plan
  readonly needsTotal: boolean
  /** Expressions ask for the item before: one item runs after the other. */
  readonly isSequential: boolean
  /** All its tiers are simulated. */
  readonly simulated: boolean
  /** The texts of the files that it uses, by path. */
  readonly files: { readonly [path: string]: string }
}

export type Preparation =
  | { readonly ok: true; readonly value: Prepared }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** What a chain is made ready with. */
export interface PrepareParts {
  readonly models: Models
  readonly files: UsedFiles
}

/** Everything that can be said against running this text with these options, before anything is opened or paid. */
export async function prepareRun(text: string, options: LaunchOptions, parts: PrepareParts): Promise<Preparation> {
  const { chain, graph, problems } = parseChain(text)
  if (chain === null || graph === null || hasErrors(problems))
    return { ok: false, problems: problems.filter(({ severity }) => severity === 'error') }
  const refuse = (found: readonly PlanProblem[]): Preparation => ({
    ok: false,
    problems: found.map((problem) => atPlace(text, problem)),
  })
  const { uses, files, problems: unread } = await readUses(chain, parts.files)
  if (unread.length > 0) return refuse(unread)
  const texts = [text, ...Object.values(files)]
  if (texts.some((document) => /output|schema/i.test(document))) await loadSchemaCompiler()
  if (texts.some((document) => NEEDS_TOKENIZER.test(document))) await loadTokenizer()
  const { params = {}, tiers = {}, stages = {} } = options
  const planned = planChain(chain, { params, tiers, stages }, uses)
  if (!planned.ok) return refuse(planned.problems)
  const tierProblems = checkTiers({ chain, plan: planned.plan, options }, parts.models)
  if (tierProblems.found.length > 0) return refuse(tierProblems.found)
  const { plan } = planned
  const isSequential = asksFor(graph, 'previous')
  return {
    ok: true,
    value: { chain, plan, needsTotal: needsTotal(graph), isSequential, simulated: tierProblems.simulated, files },
  }
}

/** What needs true token counts; loading the tokenizer costs some 100 ms, and most chains do without. */
const NEEDS_TOKENIZER = /\$tokens|\$chunk|\bby: *["']?tokens|maxInputTokens|max_input_tokens|tooLong|pack:/

/** Whether an expression asks for this field of `run`, or for all of it. */
function asksFor(graph: ChainGraph, field: string): boolean {
  return graph.wires.some(({ from, fields }) => from === 'run' && fields.includes(field))
}

/** Every tier that may be called must be there, and have a price where a budget is to hold it. */
function checkTiers(
  { chain, plan, options }: { chain: Chain; plan: Plan; options: LaunchOptions },
  models: Models,
): { readonly found: readonly PlanProblem[]; readonly simulated: boolean } {
  const found: PlanProblem[] = []
  let simulated = true
  for (const stage of modelStages(plan))
    for (const tier of stage.escalate === null ? [stage.tier] : [stage.tier, stage.escalate]) {
      const path = [...(findStage(chain, stage.id)?.path ?? []), tier === stage.tier ? 'tier' : 'escalate']
      const lookup = models.tier(tier, tier === stage.tier ? (stage.model ?? undefined) : undefined)
      if (!lookup.ok) {
        found.push({ path, message: lookup.message })
        continue
      }
      simulated &&= lookup.model.simulated
      const isPriced = lookup.model.costMicros({ ...NO_USAGE, inputTokens: 1, outputTokens: 1 }) !== null
      if (options.budgetUsd !== undefined && !isPriced)
        found.push({
          path,
          message: `The price of tier \`${tier}\` is not known, so that no budget can hold it. Add \`price: { input: …, output: … }\` to it in jacquard.yaml, or launch without a budget.`,
        })
    }
  return { found, simulated }
}

/** Everything that can be said against a chain as it is drawn, warnings included. */
export async function checkChain(text: string, parts: PrepareParts): Promise<readonly Problem[]> {
  const { chain, problems } = parseChain(text)
  if (chain === null || hasErrors(problems)) return problems
  const prepared = await prepareRun(text, {}, parts)
  if (prepared.ok) return problems
  // What a launch must give is no fault of the chain.
  const isAsked = ({ path: [key, name] }: Problem) =>
    key === 'params' && paramOf(chain.params?.[String(name)] ?? null).default === undefined
  return [...problems, ...prepared.problems.filter((problem) => !isAsked(problem))]
}

/** The source of a launch: the one it names, else the chain's own. */
export function launchSource(chain: Chain, options: LaunchOptions): Source | null {
  return options.source ?? chain.source ?? null
}

/** Where the results of a launch go: what it names, else the chain's own sink; null: nowhere but the database. */
export function launchSink(chain: Chain, { output }: LaunchOptions): Sink | null {
  if (output === undefined) return chain.sink ?? null
  if (output === null) return null
  return output.endsWith('.csv') ? { csv: output } : { jsonl: output }
}

function atPlace(text: string, { path, message }: { path: readonly (string | number)[]; message: string }): Problem {
  return { severity: 'error', path, message, ...placeInText(text, path) }
}
