import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from '../app/cli/ask.ts'
import { type App, createApp } from '../app/index.ts'
import type { Band } from '../shared/estimate.ts'
import { estimateCases, FOLDER_CHAIN, manyTexts } from './estimateCases.ts'
import { EstimateMeasure } from './estimateMeasure.ts'

/**
 * Whether estimates hold: of chains over sources that are made up, what a sample of ten says against what all of it costs.
 *   node bench/estimates.ts [seed] [items of each source]
 * The simulated models answer at once; what they take hangs on the texts, as with real ones.
 */
const seed = Number(process.argv[2] ?? 1)
const items = Number(process.argv[3] ?? 200)
const SAMPLE = 10
/** Of 100 bands from one in ten to nine in ten. */
const GOAL = { least: 0.7, most: 0.95 }
const FOLDER = { items: 400, mostMissed: 0.12 }
const CHAIN_FILE = 'chains/case.chain.yaml'

const measures: EstimateMeasure[] = []
for (const { name, chain, texts } of estimateCases(seed, items)) {
  const lines = texts.map((text) => JSON.stringify({ text })).join('\n')
  measures.push(await measure(name, { [CHAIN_FILE]: chain, 'inputs/items.jsonl': lines }))
}
const inside = measures.filter(({ isInside }) => isInside).length / measures.length
process.stdout.write(`${measures.length} chains over sources of ${items} items, from ${SAMPLE} of them: `)
process.stdout.write(
  `${percent(inside)} of true costs inside the band (goal ${percent(GOAL.least)} to ${percent(GOAL.most)})\n`,
)

const files = Object.fromEntries(
  manyTexts(seed, FOLDER.items).map((text, index) => [`inputs/files/note-${index + 1}.txt`, text]),
)
const folder = await measure(`${FOLDER.items} files`, { [CHAIN_FILE]: FOLDER_CHAIN, ...files })
const isMet =
  inside >= GOAL.least && inside <= GOAL.most && folder.isInside && Math.abs(folder.missed) <= FOLDER.mostMissed
process.exitCode = isMet ? 0 : 1

async function measure(name: string, files: Readonly<Record<string, string>>): Promise<EstimateMeasure> {
  const workspace = mkdtempSync(join(tmpdir(), 'jacquard-estimates-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(workspace, path, '..'), { recursive: true })
    writeFileSync(join(workspace, path), text)
  }
  const app = await createApp({ workspace, host: 'cli', env: { JACQUARD_SIMULATED_SPEED: '100000' } })
  try {
    const text = files[CHAIN_FILE] ?? ''
    const band = await estimate(app, text)
    const measured = new EstimateMeasure(band, await trueMicros(app, text))
    process.stdout.write(`${measured.line(name)}\n`)
    return measured
  } finally {
    await app.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function estimate(app: App, text: string): Promise<Band> {
  const request = { id: 'bench', text, file: null, options: {}, sample: SAMPLE, mayAsk: true, tiers: [] }
  const { mixes } = await ask(app, 'estimate.make', { request })
  const band = mixes[0]?.costMicros
  if (band == null) throw new Error('Prices of simulated tiers are known.')
  return band
}

/** Of a run over all items; what the sample was answered comes from memory, at what it cost. */
async function trueMicros(app: App, text: string): Promise<number> {
  const ended = new Promise<void>((resolve) => {
    const end = app.listen((event) => {
      if (event.kind !== 'runProgress' || event.progress.summary.kind !== 'batch') return
      const { status } = event.progress.summary.state
      if (status === 'running' || status === 'pausing') return
      end()
      resolve()
    })
  })
  const options = { output: null, tripwires: false as const, concurrency: 16 }
  const { run } = await ask(app, 'runs.launch', { text, file: null, options })
  await ended
  const { summary } = await ask(app, 'runs.get', { run })
  if (summary.state.status !== 'completed') throw new Error('The run did not come to its end.')
  return summary.costMicros + summary.savedMicros
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
