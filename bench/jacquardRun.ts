import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../app/index.ts'
import type { RunProgress } from '../shared/run.ts'
import { measure } from './measure.ts'

/**
 * The same calls as bareLoop.ts as a run of Jacquard: every attempt and result stored and synced, progress pushed, the
 * results file written. Arguments: base URL, items, calls in flight.
 */
const [baseUrl = '', itemCount = '0', inFlight = '64'] = process.argv.slice(2)
const items = Number(itemCount)
const workspace = await mkdtemp(join(tmpdir(), 'jacquard-bench-'))
const lines = Array.from({ length: items }, (_, index) => `{"number":${index}}\n`)
await writeFile(join(workspace, 'items.jsonl'), lines.join(''))
await writeFile(
  join(workspace, 'jacquard.yaml'),
  `tiers: { bench: { backend: openai-compatible, model: bench, baseUrl: "${baseUrl}", price: { input: 1, output: 1 } } }\n`,
)
const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  describe: { kind: model, tier: bench, prompt: "Describe the number {{ item.number }} in a few words." }
sink: { jsonl: results.jsonl }
`
// As `jacquard run` opens it; the bare loop too has loaded the provider's package before it is measured.
const app = await createApp({ workspace, host: 'cli', env: {}, tiers: ['bench'] })
let last: RunProgress | null = null
const ended = new Promise<RunProgress>((resolve) => {
  app.listen((event) => {
    if (event.kind !== 'runProgress') return
    last = event.progress
    if (event.progress.summary.state.status !== 'running') resolve(event.progress)
  })
})

await measure(items, async () => {
  const launched = await app.call('runs.launch', {
    text: chain,
    file: null,
    options: { concurrency: Number(inFlight) },
  })
  if (!launched.ok) throw new Error(launched.error.message)
  const { summary } = await ended
  if (summary.counts.succeeded !== items)
    throw new Error(`Only ${summary.counts.succeeded} of ${items} succeeded: ${JSON.stringify(last)}`)
})
await app.close()
await rm(workspace, { recursive: true })
