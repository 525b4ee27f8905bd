import type { RunSummary } from '../../shared/run.ts'
import type { App } from '../index.ts'
import { ask } from './ask.ts'
import { Refusal } from './refusal.ts'

/** Runs read at once when looking for one by its first letters. */
const PAGE = 500

/** The run that RUN names: its whole id, the beginning of it if no other run begins so, or `last` (the newest batch). */
export async function findRun(app: App, wanted: string, chainFile: string | null = null): Promise<RunSummary> {
  if (wanted === 'last') return newestRun(app, chainFile)
  const exact = await app.call('runs.get', { run: wanted })
  if (exact.ok) return exact.value.summary
  const found: RunSummary[] = []
  for (const kind of ['batch', 'test'] as const)
    for await (const summary of allRuns(app, kind))
      if (summary.run.toLowerCase().startsWith(wanted.toLowerCase())) found.push(summary)
  const [first] = found
  if (first === undefined)
    throw new Refusal(`There is no run ${wanted} in ${app.workspace}. \`jacquard runs\` lists those there are.`)
  if (found.length > 1)
    throw new Refusal(
      `Several runs begin with ${wanted}: ${found
        .slice(0, 5)
        .map(({ run }) => run)
        .join(', ')}. Give more of the id.`,
    )
  return first
}

async function newestRun(app: App, chainFile: string | null): Promise<RunSummary> {
  for await (const summary of allRuns(app, 'batch'))
    if (chainFile === null || summary.chainFile === chainFile) return summary
  const ofChain = chainFile === null ? '' : ` of ${chainFile}`
  throw new Refusal(`There is no run${ofChain} yet in ${app.workspace}.`)
}

/** Newest first, read by pages. */
async function* allRuns(app: App, kind: 'batch' | 'test'): AsyncIterable<RunSummary> {
  for (let before: string | undefined; ; ) {
    const page = await ask(app, 'runs.list', { kind, limit: PAGE, ...(before === undefined ? {} : { before }) })
    yield* page
    before = page.at(-1)?.run
    if (page.length < PAGE || before === undefined) return
  }
}
