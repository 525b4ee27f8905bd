import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '../app/index.ts'
import type { RunProgress, RunSummary } from '../shared/run.ts'
import { CHAIN_FILE, type Reading } from './reading.ts'

/**
 * Launches a run of a workspace's chain over its `items.jsonl`, or resumes its latest run. Prints a reading as JSON with the
 * first item that it finishes, and then twice a second. Arguments: the workspace, `launch` or `resume`.
 */
const READING_MS = 500

const [workspace = '', how = 'launch'] = process.argv.slice(2)
const app = await createApp({ workspace, host: 'cli', env: {} })
const asked = performance.now()
let finished = 0
let finishedBefore = 0
let timer: NodeJS.Timeout | null = null
const ended = new Promise<void>((resolve) => {
  app.listen((event) => {
    if (event.kind !== 'runProgress') return
    finished = countFinished(event.progress.summary)
    if (finished > finishedBefore && timer === null) {
      read()
      timer = setInterval(read, READING_MS)
    }
    if (isOver(event.progress)) resolve()
  })
})
if (how === 'launch') await launch()
else await resume()
await ended
if (timer !== null) clearInterval(timer)
read()
await app.close()

async function launch(): Promise<void> {
  const text = await readFile(join(workspace, CHAIN_FILE), 'utf8')
  const launched = await app.call('runs.launch', { text, file: null, options: {} })
  if (!launched.ok) throw new Error(launched.error.message)
}

async function resume(): Promise<void> {
  const listed = await app.call('runs.list', { kind: 'batch', limit: 1 })
  const run = listed.ok ? listed.value[0] : undefined
  if (run === undefined) throw new Error('There is no run to resume.')
  finishedBefore = countFinished(run)
  const resumed = await app.call('runs.resume', { run: run.run })
  if (!resumed.ok) throw new Error(resumed.error.message)
}

function read(): void {
  const reading: Reading = {
    elapsedMs: performance.now() - asked,
    finished,
    finishedBefore,
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  }
  process.stdout.write(`${JSON.stringify(reading)}\n`)
}

function isOver({ summary }: RunProgress): boolean {
  return summary.state.status !== 'running'
}

function countFinished({ counts }: RunSummary): number {
  return counts.succeeded + counts.failed + counts.skipped
}
