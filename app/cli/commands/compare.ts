import { parseChain } from '../../../shared/chainDocument.ts'
import { compareRows } from '../../../shared/compare/compareRows.ts'
import type { Comparison } from '../../../shared/compare/comparison.ts'
import { expectedOutputs } from '../../../shared/compare/expectedOutputs.ts'
import { recommendTiers } from '../../../shared/compare/recommendTiers.ts'
import { bestVariant, recommendVariant } from '../../../shared/compare/recommendVariant.ts'
import { type Expected, NOTHING_EXPECTED, summarizeVariant } from '../../../shared/compare/summarizeVariant.ts'
import { tierVariant } from '../../../shared/compare/tierVariant.ts'
import { DEFAULT_SAMPLE_SIZE, type Sample } from '../../../shared/sample.ts'
import type { Source } from '../../../shared/source.ts'
import { DEFAULT_TIER } from '../../../shared/stages.ts'
import { findStage } from '../../../shared/stageTree.ts'
import type { Tier } from '../../../shared/tier.ts'
import { AS_DRAWN } from '../../../shared/variant.ts'
import type { App } from '../../index.ts'
import { ask } from '../ask.ts'
import { type OpenedChain, openChain, problemLines } from '../chainFile.ts'
import { type ComparedSample, compareJson, compareReport } from '../compareReport.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { followComparison } from '../followComparison.ts'
import { inputsSource } from '../inputsSource.ts'
import { watchInterrupt } from '../interrupt.ts'
import { openApp } from '../openApp.ts'
import { modelStage, paramOverrides } from '../overrides.ts'
import { Refusal } from '../refusal.ts'
import { refuseTiers } from '../refuseTiers.ts'
import { countText } from '../spend.ts'
import { colorsFor, note, print } from '../standardStreams.ts'

export interface CompareFlags {
  readonly inputs?: string
  readonly sample?: number
  readonly tiers: readonly string[]
  readonly stage?: string
  readonly repeat?: number
  readonly param?: ReadonlyMap<string, string>
  /** commander's spelling of `--no-memory`: true unless it is given. */
  readonly memory?: boolean
  readonly json?: true
  readonly workspace?: string
}

export async function compare(given: string, flags: CompareFlags): Promise<ExitCode> {
  const chain = await openChain(given, flags.workspace)
  if (flags.stage !== undefined) modelStage(chain.chain, flags.stage)
  const params = flags.param === undefined ? {} : { params: paramOverrides(chain.chain, flags.param) }
  const source = flags.inputs === undefined ? {} : { source: inputsSource(flags.inputs) }
  if (flags.inputs === undefined && chain.chain.source === undefined)
    throw new Refusal('The chain has no source: name the items with --inputs PATH, or give the chain a `source`.')
  for (const line of problemLines(chain.warnings, chain.shown)) note(line)
  const app = await openApp({ workspace: chain.workspace, host: 'cli', tiers: flags.tiers })
  const interrupt = watchInterrupt(() => void stopLatest(app, chain.file))
  try {
    const tiers = await ask(app, 'tiers.list', {})
    refuseTiers(flags.tiers, tiers)
    const { items } = await readSample(app, chain, { ...source, size: flags.sample })
    if (items.length === 0) throw new Refusal('The source has no items: there is nothing to compare by.')
    const stage = flags.stage ?? null
    const comparison = await followComparison(
      app,
      {
        text: chain.text,
        file: chain.file,
        items: [...items],
        variants: flags.tiers.map((tier) => tierVariant(tier, stage)),
        stage,
        repeats: flags.repeat ?? 1,
        memory: flags.memory !== false,
        ...params,
        ...source,
      },
      progressNote(),
    )
    if (comparison.state.status === 'failed') throw new Refusal(comparison.state.message)
    const compared = judge(comparison, {
      tiers,
      drawnTier: await drawnTiers(app, chain),
      expected: await expectedOf(app, comparison),
    })
    const text =
      flags.json === true
        ? JSON.stringify(compareJson(compared))
        : compareReport(compared, colorsFor(process.stdout)).join('\n')
    await print(`${text}\n`)
    return interrupt.hasCome() ? EXIT.interrupted : exitCode(comparison)
  } finally {
    interrupt.end()
    await app.close()
  }
}

function judge(
  comparison: Comparison,
  around: {
    readonly tiers: readonly Tier[]
    readonly expected: Expected
    drawnTier(stage: string): string
  },
): ComparedSample {
  const { tiers, expected, drawnTier } = around
  const { variants, stage, cells } = comparison
  const base = variants.at(-1)?.name ?? AS_DRAWN
  const rows = compareRows(comparison, base)
  const summaries = variants.map(({ name }) => summarizeVariant(rows, { variant: name, base, expected }))
  const reference = bestVariant(summaries, base)?.variant ?? base
  const { chain, graph } = parseChain(comparison.text)
  const recommendation =
    chain === null || graph === null
      ? null
      : recommendTiers({ chain, graph, variants, rows, reference, stage, drawnTier })
  const called = new Set(cells.flatMap((cell) => Object.values(cell.stages).map(({ tier }) => tier)))
  const simulated =
    called.size > 0 && tiers.filter(({ name }) => called.has(name)).every(({ backend }) => backend === 'simulated')
  return { comparison, base, rows, summaries, advice: recommendVariant(summaries, base), recommendation, simulated }
}

/** What the suite beside the chain expects; a suite that cannot be read is another command's matter. */
async function expectedOf(app: App, { file, stage }: Comparison): Promise<Expected> {
  const reply = await app.call('evaluations.suite', { file: file ?? '' })
  return reply.ok && reply.value !== null ? expectedOutputs(reply.value.suite, stage) : NOTHING_EXPECTED
}

/** The sample that is kept with the chain; another size, or another source, is chosen anew and not kept. */
async function readSample(
  app: App,
  { file, text }: OpenedChain,
  { source, size }: { readonly source?: Source; readonly size: number | undefined },
): Promise<Sample> {
  const kept = source === undefined ? await ask(app, 'sample.read', { file }) : null
  if (kept !== null && kept.items.length > 0 && (size === undefined || size === kept.items.length)) return kept
  const { sample } = await ask(app, 'sample.propose', {
    text,
    file,
    size: size ?? DEFAULT_SAMPLE_SIZE,
    ...(source !== undefined && { source }),
  })
  return sample
}

/** The tier that each model stage is drawn with; a worker may say it. */
async function drawnTiers(app: App, { chain }: OpenedChain): Promise<(stage: string) => string> {
  const workers = await ask(app, 'workers.list', {})
  return (id) => {
    const stage = findStage(chain, id)?.stage
    if (stage?.kind !== 'model') return DEFAULT_TIER
    return stage.tier ?? workers.find(({ name }) => name === stage.worker)?.tier ?? DEFAULT_TIER
  }
}

/** Says how far it is, in a terminal on one line. */
function progressNote(): (now: Comparison) => void {
  if (!process.stderr.isTTY) return () => undefined
  return ({ items, variants, repeats, cells, state }) => {
    const done = cells.filter(({ status }) => status !== 'running').length
    const all = items.length * variants.length * repeats
    process.stderr.write(state.status === 'running' ? `\r${done} of ${countText(all, 'cell')} ` : '\r\u001b[K')
  }
}

async function stopLatest(app: App, file: string): Promise<void> {
  note('Stopping: what was answered is kept. Ctrl-C again ends at once.')
  const latest = await app.call('compare.latest', { file })
  if (latest.ok && latest.value !== null) await app.call('compare.stop', { comparison: latest.value.comparison })
}

function exitCode({ cells }: Comparison): ExitCode {
  const errors = cells.flatMap(({ error }) => (error === null ? [] : [error]))
  if (errors.some(({ kind }) => kind === 'auth' || kind === 'budget')) return EXIT.paused
  return cells.some(({ status }) => status === 'failed') ? EXIT.itemsFailed : EXIT.ok
}
