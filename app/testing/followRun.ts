import type { LaunchOptions, RunProgress, RunSummary } from '../../shared/run.ts'
import type { App } from '../index.ts'

/** Launches and waits until the run has come to a stop. */
export async function runToEnd(
  app: App,
  text: string,
  { file = null, ...options }: LaunchOptions & { readonly file?: string | null } = {},
): Promise<RunSummary> {
  const ended = nextEnd(app)
  const launched = await app.call('runs.launch', { text, file, options })
  if (!launched.ok) throw new Error(`${launched.error.message} ${JSON.stringify(launched.error.problems ?? [])}`)
  return ended
}

/** The summary with which the next run to stop stops. */
export function nextEnd(app: App): Promise<RunSummary> {
  return new Promise((resolve) => {
    const stop = app.listen((event) => {
      if (event.kind !== 'runProgress') return
      const { status } = event.progress.summary.state
      if (status === 'running' || status === 'pausing') return
      stop()
      resolve(event.progress.summary)
    })
  })
}

/** The summary with which this run stops next, though it may stand still now. */
export async function nextEndOf(app: App, run: string): Promise<RunSummary> {
  return (await nextProgress(app, ({ summary }) => summary.run === run && hasStopped(summary))).summary
}

/** The summary with which this run has stopped, or will. */
export async function endOf(app: App, run: string): Promise<RunSummary> {
  return (await progressOf(app, run, ({ summary }) => hasStopped(summary))).summary
}

function hasStopped({ state }: RunSummary): boolean {
  return state.status !== 'running' && state.status !== 'pausing'
}

/** How this run stands as soon as that satisfies `matches`, now or later. */
export async function progressOf(
  app: App,
  run: string,
  matches: (progress: RunProgress) => boolean,
): Promise<RunProgress> {
  const next = nextProgress(app, (progress) => progress.summary.run === run && matches(progress))
  const now = await app.call('runs.get', { run })
  return now.ok && matches(now.value.progress) ? now.value.progress : next
}

/** The first push that satisfies `matches`. */
export function nextProgress(app: App, matches: (progress: RunProgress) => boolean): Promise<RunProgress> {
  return new Promise((resolve) => {
    const stop = app.listen((event) => {
      if (event.kind !== 'runProgress' || !matches(event.progress)) return
      stop()
      resolve(event.progress)
    })
  })
}
