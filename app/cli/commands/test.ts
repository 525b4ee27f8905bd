import type { RunSummary } from '../../../shared/run.ts'
import type { ItemTrace } from '../../../shared/trace.ts'
import type { App } from '../../index.ts'
import { ask } from '../ask.ts'
import { openChain, problemLines } from '../chainFile.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { followRun } from '../followRun.ts'
import { openApp } from '../openApp.ts'
import { paramOverrides, stageOverrides, tierOverrides } from '../overrides.ts'
import { colorsFor, note, print } from '../standardStreams.ts'
import { testItem } from '../testItem.ts'
import { traceJson } from '../traceJson.ts'
import { traceReport } from '../traceReport.ts'

export interface TestFlags {
  readonly item: string
  readonly param?: ReadonlyMap<string, string>
  readonly tier?: ReadonlyMap<string, string>
  readonly set?: ReadonlyMap<string, string>
  /** commander's spelling of `--no-memory`: true unless it is given. */
  readonly memory?: boolean
  readonly json?: true
  readonly workspace?: string
}

export async function test(given: string, flags: TestFlags): Promise<ExitCode> {
  const { chain, text, file, workspace, warnings, shown } = await openChain(given, flags.workspace)
  const item = testItem(flags.item, chain)
  const params = flags.param === undefined ? {} : { params: paramOverrides(chain, flags.param) }
  const stages = flags.set === undefined ? {} : { stages: stageOverrides(chain, flags.set) }
  const tiers = flags.tier === undefined ? {} : { tiers: tierOverrides(chain, flags.tier) }
  const memory = flags.memory === false ? { memory: false } : {}
  for (const line of problemLines(warnings, shown)) note(line)
  const app = await openApp({ workspace, host: 'cli' })
  try {
    const { run } = await ask(app, 'runs.test', { text, file, item, ...params, ...tiers, ...stages, ...memory })
    const { summary } = await followRun(app, run, () => {})
    const [trace, ...groups] = await readTraces(app, summary)
    if (trace === undefined) throw new Error('A test has one item.')
    const colors = colorsFor(process.stdout)
    const lines =
      flags.json === true
        ? [JSON.stringify({ ...traceJson(trace), ...(groups.length > 0 && { groups: groups.map(traceJson) }) })]
        : [trace, ...groups].flatMap((one) => [...traceReport(one, summary.simulated, colors), ''])
    await print(`${lines.join('\n').trimEnd()}\n`)
    if (summary.state.status === 'paused') {
      note(summary.state.reason.message)
      return EXIT.paused
    }
    return [trace, ...groups].some(({ status }) => status === 'failed') || summary.state.status === 'failed'
      ? EXIT.itemsFailed
      : EXIT.ok
  } finally {
    await app.close()
  }
}

/** The item, and behind each gather the group of one that was made of it. */
async function readTraces(app: App, { run, lanes }: RunSummary): Promise<readonly ItemTrace[]> {
  const reached = [...lanes.entries()].filter(([lane, { items }]) => lane === 0 || (items ?? 0) > 0)
  return Promise.all(reached.map(([lane]) => ask(app, 'runs.trace', { run, lane, index: 0 })))
}
