import type { EstimateProgress } from '../../../shared/estimate.ts'
import { DEFAULT_SAMPLE_SIZE } from '../../../shared/sample.ts'
import { AS_DRAWN } from '../../../shared/variant.ts'
import { ask } from '../ask.ts'
import { openChain, problemLines } from '../chainFile.ts'
import { estimateJson, estimateReport } from '../estimateReport.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { inputsSource } from '../inputsSource.ts'
import { watchInterrupt } from '../interrupt.ts'
import { openApp } from '../openApp.ts'
import { paramOverrides } from '../overrides.ts'
import { Refusal } from '../refusal.ts'
import { refuseTiers } from '../refuseTiers.ts'
import { colorsFor, note, print } from '../standardStreams.ts'

export interface EstimateFlags {
  readonly inputs?: string
  readonly sample?: number
  readonly tiers?: readonly string[]
  readonly param?: ReadonlyMap<string, string>
  readonly json?: true
  readonly workspace?: string
}

const ID = 'command-line'

export async function estimate(given: string, flags: EstimateFlags): Promise<ExitCode> {
  const chain = await openChain(given, flags.workspace)
  const named = (flags.tiers ?? []).filter((tier) => tier !== AS_DRAWN)
  const params = flags.param === undefined ? {} : { params: paramOverrides(chain.chain, flags.param) }
  const source = flags.inputs === undefined ? {} : { source: inputsSource(flags.inputs) }
  if (flags.inputs === undefined && chain.chain.source === undefined)
    throw new Refusal('The chain has no source: name the items with --inputs PATH, or give the chain a `source`.')
  for (const line of problemLines(chain.warnings, chain.shown)) note(line)
  const app = await openApp({ workspace: chain.workspace, host: 'cli', tiers: named })
  const interrupt = watchInterrupt(() => {
    note('Stopping: what was answered is remembered. Ctrl-C again ends at once.')
    void app.call('estimate.stop', { id: ID })
  })
  const stopListening = app.listen((event) => {
    if (event.kind === 'estimateProgress') showProgress(event.progress)
  })
  try {
    refuseTiers(named, await ask(app, 'tiers.list', {}))
    const reply = await app.call('estimate.make', {
      request: {
        id: ID,
        text: chain.text,
        file: chain.file,
        options: { ...params, ...source },
        sample: flags.sample ?? DEFAULT_SAMPLE_SIZE,
        mayAsk: true,
        tiers: named,
      },
    })
    clearProgress()
    if (!reply.ok && interrupt.hasCome()) return EXIT.interrupted
    if (!reply.ok) throw new Refusal(reply.error.message)
    const { value } = reply
    const text =
      flags.json === true
        ? JSON.stringify(estimateJson(value, named))
        : estimateReport(value, named, colorsFor(process.stdout)).join('\n')
    await print(`${text}\n`)
    return value.sample.failed > 0 ? EXIT.itemsFailed : EXIT.ok
  } finally {
    stopListening()
    interrupt.end()
    await app.close()
  }
}

/** In a terminal, on one line. */
function showProgress({ phase, done, total }: EstimateProgress): void {
  if (!process.stderr.isTTY) return
  const what = phase === 'sizes' ? 'items counted' : 'sampled items tried'
  process.stderr.write(`\r\u001b[K${done}${total === null ? '' : ` of ${total}`} ${what} `)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}
