import type { Chain } from '../../../shared/chain.ts'
import type { LaunchOptions, StageOverride } from '../../../shared/run.ts'
import { type DocumentSink, type FolderSink, sinkPath } from '../../../shared/sink.ts'
import type { Source } from '../../../shared/source.ts'
import { allStages, findStage } from '../../../shared/stageTree.ts'
import type { Tripwires } from '../../../shared/tripwires.ts'
import { drawnTier } from '../../lib/drawnTier.ts'
import { knownParams, type ParamValues } from '../../lib/paramValues.ts'

/** What a person has set for the next launch of one chain. Nothing in it changes the chain. */
export interface LaunchDraft {
  /** null: the chain's own. */
  readonly source: Source | null
  readonly params: ParamValues
  /** Stage id → tier; only what differs from the chain. */
  readonly tiers: { readonly [stage: string]: string }
  /** Stage id → what else is different there for this launch. */
  readonly stages: { readonly [stage: string]: StageOverride }
  /** null: the default. */
  readonly concurrency: number | 'unbounded' | null
  /** null: all items. */
  readonly limit: number | null
  /** null: that of Settings. */
  readonly budgetUsd: number | null
  readonly stopOnError: boolean
  /** false: nothing is taken from memory. */
  readonly memory: boolean
  /** Items that go first; null: as many as suit the run. */
  readonly canary: number | null
  /** Only what differs from the defaults. */
  readonly tripwires: Tripwires
  /** null: where the chain says, else a file named after it. */
  readonly output: string | null
}

export const FRESH_DRAFT: LaunchDraft = {
  source: null,
  params: {},
  tiers: {},
  stages: {},
  concurrency: null,
  limit: null,
  budgetUsd: null,
  stopOnError: false,
  memory: true,
  canary: null,
  tripwires: {},
  output: null,
}

/** What the host is asked; leaves out what is as the chain has it. */
export function optionsOf(draft: LaunchDraft, chain: Chain, file: string | null): LaunchOptions {
  const isModel = (id: string) => findStage(chain, id)?.stage.kind === 'model'
  const tiers = Object.fromEntries(Object.entries(draft.tiers).filter(([stage]) => isModel(stage)))
  const stages = Object.fromEntries(
    Object.entries(draft.stages).filter(([stage, override]) => isModel(stage) && Object.keys(override).length > 0),
  )
  const params = knownParams(chain, draft.params)
  return {
    ...(draft.source !== null && { source: draft.source }),
    ...(Object.keys(params).length > 0 && { params }),
    ...(Object.keys(tiers).length > 0 && { tiers }),
    ...(Object.keys(stages).length > 0 && { stages }),
    ...(draft.concurrency !== null && { concurrency: draft.concurrency }),
    ...(draft.limit !== null && { limit: draft.limit }),
    ...(draft.budgetUsd !== null && { budgetUsd: draft.budgetUsd }),
    ...(draft.stopOnError && { stopOnError: true }),
    ...(!draft.memory && { memory: false }),
    ...(draft.canary !== null && { canary: draft.canary }),
    ...(Object.keys(draft.tripwires).length > 0 && { tripwires: draft.tripwires }),
    ...(ownSink(draft, chain) === null && { output: draft.output ?? defaultOutput(chain, file) }),
  }
}

/**
 * Of these options, those by which a launch asks for more or for less. Of a budget it matters that there is one: it cannot
 * hold a tier whose price is not known.
 */
export function previewedOptions(options: LaunchOptions, hasBudget: boolean): LaunchOptions {
  const { source, params, tiers, stages, limit, memory } = options
  return {
    ...(source !== undefined && { source }),
    ...(params !== undefined && { params }),
    ...(tiers !== undefined && { tiers }),
    ...(stages !== undefined && { stages }),
    ...(limit !== undefined && { limit }),
    ...(memory !== undefined && { memory }),
    ...(hasBudget && { budgetUsd: 1 }),
  }
}

/** The chain's own sink, where it writes documents and the draft names no results file in its place. */
export function ownSink({ output }: LaunchDraft, { sink }: Chain): FolderSink | DocumentSink | null {
  if (output !== null || sink === undefined) return null
  return 'folder' in sink || 'document' in sink ? sink : null
}

/** The file or folder of the chain's sink, else `results/NAME.jsonl`. */
export function defaultOutput(chain: Chain, file: string | null): string {
  if (chain.sink !== undefined) return sinkPath(chain.sink)
  const name =
    file === null ? (chain.name ?? 'results') : (file.split('/').at(-1) ?? file).replace(/\.chain\.ya?ml$/, '')
  const plain = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `results/${plain === '' ? 'results' : plain}.jsonl`
}

/** null: it can be written. */
export function outputProblem(output: string): string | null {
  if (output.trim() === '') return 'Name a file.'
  return /\.(jsonl|csv)$/i.test(output) ? null : 'The name ends in .jsonl or .csv.'
}

export interface StageTier {
  readonly stage: string
  readonly tier: string
  /** Without this launch's change. */
  readonly own: string
}

/** The tier of each model stage in this launch, those inside maps too. */
export function stageTiers(
  draft: LaunchDraft,
  chain: Chain,
  workers: Parameters<typeof drawnTier>[1],
): readonly StageTier[] {
  return allStages(chain).flatMap(({ id, stage }) => {
    const own = drawnTier(stage, workers)
    return own === null ? [] : [{ stage: id, tier: draft.tiers[id] ?? own, own }]
  })
}

/** Back to the chain's own tier is no change. */
export function withTier(draft: LaunchDraft, { stage, own }: StageTier, tier: string): LaunchDraft {
  const { [stage]: _, ...others } = draft.tiers
  return { ...draft, tiers: tier === own ? others : { ...others, [stage]: tier } }
}

/** These tiers for this launch; stages that are not named keep theirs. */
export function withTiers(
  draft: LaunchDraft,
  stages: readonly StageTier[],
  tiers: Readonly<Record<string, string>>,
): LaunchDraft {
  return stages.reduce((changed, of) => withTier(changed, of, tiers[of.stage] ?? of.tier), draft)
}

/** Items that will be run; null: not counted. */
export function itemsToRun(draft: LaunchDraft, total: number | null): number | null {
  if (total === null) return null
  return draft.limit === null ? total : Math.min(total, draft.limit)
}
