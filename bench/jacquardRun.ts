import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../app/index.ts'
import type { RunProgress } from '../shared/run.ts'
import { measure } from './measure.ts'

/**
 * The same calls as bareLoop.ts as a run of Jacquard: every attempt and result stored and synced, progress pushed, the
 * results file written. Arguments: base URL, calls for single items, calls in flight, and how they are asked for: each by
 * an item of its own, 100 by one item in a map, or packs of 10 items.
 */
const [baseUrl = '', itemCount = '0', inFlight = '64', shape = 'single'] = process.argv.slice(2)
const ELEMENTS = 100
const PROMPT = 'Describe the number {{ item.number }} in a few words.'
const STAGES: Readonly<Record<string, string>> = {
  single: `describe: { kind: model, tier: bench, prompt: "${PROMPT}" }`,
  map: `all: { kind: map, over: "{{ item.numbers }}", as: number, concurrency: unbounded, stages: { describe: { kind: model, tier: bench, prompt: "${PROMPT.replace('item.number', 'number')}" } } }`,
  pack: `describe: { kind: model, tier: bench, prompt: "${PROMPT}", pack: { size: 10 } }`,
}
const asked = Number(itemCount)
const items = shape === 'map' ? asked / ELEMENTS : asked
const workspace = await mkdtemp(join(tmpdir(), 'jacquard-bench-'))
const lines = Array.from({ length: items }, (_, index) => {
  const numbers = Array.from({ length: shape === 'map' ? ELEMENTS : 0 }, (_, element) => index * ELEMENTS + element)
  return `${JSON.stringify({ number: index, numbers })}\n`
})
await writeFile(join(workspace, 'items.jsonl'), lines.join(''))
await writeFile(
  join(workspace, 'jacquard.yaml'),
  `tiers: { bench: { backend: openai-compatible, model: bench, baseUrl: "${baseUrl}", concurrency: ${inFlight}, price: { input: 1, output: 1 } } }\n`,
)
const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ${STAGES[shape] ?? ''}
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

await measure(asked, async () => {
  const launched = await app.call('runs.launch', {
    text: chain,
    file: null,
    options: { concurrency: Number(inFlight) },
  })
  if (!launched.ok) throw new Error(launched.error.message)
  const { summary } = await ended
  if (summary.counts.succeeded !== items)
    throw new Error(`Only ${summary.counts.succeeded} of ${items} succeeded: ${JSON.stringify(last)}`)
  return summary.packs[0]?.calls ?? asked
})
await app.close()
await rm(workspace, { recursive: true })
