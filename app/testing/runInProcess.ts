import type { RunChange } from '../../shared/runChange.ts'
import { createApp } from '../index.ts'
import { nextEnd } from './followRun.ts'

/**
 * A run in a process of its own, for tests that kill it. Arguments: workspace, then a chain file to launch (from the
 * workspace's root), `--resume RUN`, or `--change RUN` with the change as JSON. Prints the run's id when it goes on and its summary when it has stopped.
 */
const [workspace = '', what = '', run = '', change = ''] = process.argv.slice(2)
const app = await createApp({ workspace, host: 'cli', env: { TEST_KEY: 'k' } })
const ended = nextEnd(app)
if (what === '--resume') {
  const resumed = await app.call('runs.resume', { run })
  if (!resumed.ok) throw new Error(resumed.error.message)
  process.stdout.write(`${run}\n`)
} else if (what === '--change') {
  const changed = await app.call('runs.change', { run, change: JSON.parse(change) as RunChange })
  if (!changed.ok) throw new Error(changed.error.message)
  process.stdout.write(`${run}\n`)
} else {
  const read = await app.call('chains.read', { file: what })
  if (!read.ok) throw new Error(read.error.message)
  const launched = await app.call('runs.launch', { text: read.value.text, file: what, options: { concurrency: 16 } })
  if (!launched.ok) throw new Error(launched.error.message)
  process.stdout.write(`${launched.value.run}\n`)
}
process.stdout.write(`${JSON.stringify(await ended)}\n`)
await app.close()
