import type { RunProgress, RunState } from '../../shared/run.ts'
import type { App } from '../index.ts'
import { ask } from './ask.ts'

/** Resolves with the last progress of a run when it has come to a stop, of whatever kind. */
export function followRun(app: App, run: string, onProgress: (progress: RunProgress) => void): Promise<RunProgress> {
  return new Promise((resolve, reject) => {
    let isOver = false
    const take = (progress: RunProgress) => {
      if (isOver || progress.summary.run !== run) return
      onProgress(progress)
      if (!hasStopped(progress.summary.state)) return
      isOver = true
      stopListening()
      resolve(progress)
    }
    const stopListening = app.listen((event) => {
      if (event.kind === 'runProgress') take(event.progress)
    })
    // A short run may have ended before anybody listened.
    ask(app, 'runs.get', { run }).then(({ progress }) => take(progress), reject)
  })
}

function hasStopped({ status }: RunState): boolean {
  return status !== 'running' && status !== 'pausing'
}
