import type { Chain } from '../../../shared/chain.ts'
import type { LaunchOptions } from '../../../shared/run.ts'
import { DEFAULT_TIER } from '../../../shared/stages.ts'
import { allStages } from '../../../shared/stageTree.ts'
import type { App } from '../../index.ts'
import { ask } from '../ask.ts'
import { type ChainPlace, openChain, placeChain, problemLines } from '../chainFile.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../exitCode.ts'
import { findRun } from '../findRun.ts'
import { followRun } from '../followRun.ts'
import { watchInterrupt } from '../interrupt.ts'
import { launchOptions, type RunFlags, refuseForEarlierRun, refuseUselessOrder } from '../launchFlags.ts'
import { openApp } from '../openApp.ts'
import { openProgressView, type ProgressView } from '../progressView.ts'
import { readReport } from '../readReport.ts'
import { Refusal } from '../refusal.ts'
import { runCommands } from '../runCommands.ts'
import { runJson } from '../runJson.ts'
import { runReport } from '../runReport.ts'
import { colorsFor, note, print } from '../standardStreams.ts'

export async function run(given: string, flags: RunFlags): Promise<ExitCode> {
  if (flags.json === true && flags.output === '-')
    throw new Refusal('--json and --output - both print on standard output: take one of them.')
  refuseUselessOrder(flags)
  const begun = await begin(given, flags)
  try {
    return await watch(begun, flags)
  } finally {
    await begun.app.close()
  }
}

interface BegunRun {
  readonly app: App
  readonly run: string
}

/** Launches the chain, or sets an earlier run of it going again. */
async function begin(given: string, flags: RunFlags): Promise<BegunRun> {
  const earlier = flags.resume ?? flags.retryFailed
  if (earlier !== undefined) return beginAgain(placeChain(given, flags.workspace), flags, earlier)
  const chain = await openChain(given, flags.workspace)
  const options: LaunchOptions = launchOptions(flags, chain.chain)
  if (flags.quiet !== true) for (const line of problemLines(chain.warnings, chain.shown)) note(line)
  const tiers = calledTiers(chain.chain, options)
  return withApp({ workspace: chain.workspace, tiers }, async (app) => {
    const { run } = await ask(app, 'runs.launch', { text: chain.text, file: chain.file, options })
    return run
  })
}

/** The run keeps the chain and the options it was launched with; the chain file says only where it is. */
async function beginAgain(place: ChainPlace, flags: RunFlags, wanted: string): Promise<BegunRun> {
  refuseForEarlierRun(flags)
  return withApp({ workspace: place.workspace }, async (app) => {
    const { run, chainFile } = await findRun(app, wanted, place.file)
    if (chainFile !== null && chainFile !== place.file)
      throw new Refusal(`Run ${run} is one of ${chainFile}, not of ${place.file}: name that chain.`)
    const { budgetUsd } = flags
    const budget = budgetUsd === undefined ? {} : { budgetUsd }
    if (flags.resume === undefined) await ask(app, 'runs.retryFailed', { run, ...budget })
    else await ask(app, 'runs.resume', { run, ...budget })
    if (flags.maxConcurrent !== undefined)
      await ask(app, 'runs.setConcurrency', { run, concurrency: flags.maxConcurrent })
    return run
  })
}

function calledTiers(chain: Chain, { tiers = {} }: LaunchOptions): string[] {
  return allStages(chain).flatMap(({ id, stage }) =>
    stage.kind === 'model' ? [tiers[id] ?? stage.tier ?? DEFAULT_TIER] : [],
  )
}

async function withApp(
  place: { readonly workspace: string; readonly tiers?: readonly string[] },
  start: (app: App) => Promise<string>,
): Promise<BegunRun> {
  const app = await openApp({ ...place, host: 'cli' })
  try {
    return { app, run: await start(app) }
  } catch (error) {
    await app.close()
    throw error
  }
}

/** Follows the run to its end, says what it came to, and gives the exit code. */
async function watch({ app, run }: BegunRun, flags: RunFlags): Promise<ExitCode> {
  const toTerminal = flags.output === '-' && process.stdout.isTTY
  const view = await openProgressView(flags.quiet === true ? 'none' : toTerminal ? 'lines' : 'best')
  const pause = () => {
    // A run that has just ended cannot be paused any more, and need not be.
    void app.call('runs.pause', { run })
  }
  let grows = false
  const interrupt = watchInterrupt(() => {
    if (grows) {
      view.say(
        'No more items are awaited; what has come is worked off. Ctrl-C again ends at once; what is done is kept.',
      )
      void app.call('runs.finish', { run })
      return
    }
    view.say(
      'Pausing: calls in flight are awaited, no new ones are made. Ctrl-C again ends at once; what is done is kept.',
    )
    pause()
  })
  try {
    const streaming =
      flags.output === '-' ? stream(app, run, { unordered: flags.unordered === true, pause, view }) : undefined
    const show: typeof view.show = (progress) => {
      grows = progress.summary.grows
      view.show(progress)
    }
    const [{ summary }] = await Promise.all([followRun(app, run, show), streaming])
    view.end()
    const report = await readReport(app, summary)
    if (flags.json === true) await print(`${JSON.stringify(runJson(summary, report.output))}\n`)
    if (flags.quiet !== true) note(runReport(report, colorsFor(process.stderr)).join('\n'))
    else if (summary.state.status === 'paused' && !interrupt.hasCome())
      note(
        `${summary.state.reason.message}\nGo on with: ${runCommands(summary, app.workspace)?.resume ?? `run ${run}`}`,
      )
    else if (summary.state.status === 'failed') note(summary.state.error.message)
    const isCutShort = interrupt.hasCome() && !(grows && summary.state.status === 'completed')
    return isCutShort ? EXIT.interrupted : exitCodeOf(summary)
  } finally {
    view.end()
    interrupt.end()
  }
}

interface Streaming {
  readonly unordered: boolean
  readonly pause: () => void
  readonly view: ProgressView
}

/** Result lines to standard output as they come. */
async function stream(app: App, run: string, { unordered, pause, view }: Streaming): Promise<void> {
  for await (const text of app.results(run, { format: 'jsonl', unordered })) {
    if ((await print(text)) === 'written') continue
    // What nobody reads any more shall not be paid for.
    view.say('The reader of the results has gone: the run is paused.')
    pause()
    return
  }
}
