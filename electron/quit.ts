import { app, type BrowserWindow } from 'electron'
import type { App } from '../app/index.ts'
import { mayPauseAndQuit } from './dialogs.ts'

/** Open runs stand at the top of the list, newest first; nobody has more of them at a time. */
const NEWEST_RUNS = 100

/**
 * Lets the program end only when its runs are paused and its database is closed, and asks first where a run is going
 * on. `mayClose`: that is done, windows may go.
 */
export function guardQuit(jacquard: App, window: () => BrowserWindow | null): { mayClose(): boolean } {
  let step: 'open' | 'asking' | 'closed' = 'open'

  const closeAndQuit = async (): Promise<void> => {
    const live = await countLiveRuns(jacquard)
    if (live > 0 && !(await mayPauseAndQuit(window(), live))) {
      step = 'open'
      return
    }
    try {
      await jacquard.close()
    } finally {
      step = 'closed'
      app.quit()
    }
  }

  app.on('before-quit', (event) => {
    if (step === 'closed') return
    event.preventDefault()
    if (step === 'asking') return
    step = 'asking'
    void closeAndQuit()
  })
  return { mayClose: () => step === 'closed' }
}

async function countLiveRuns(jacquard: App): Promise<number> {
  const reply = await jacquard.call('runs.list', { kind: 'batch', limit: NEWEST_RUNS })
  if (!reply.ok) return 0
  return reply.value.filter(({ state }) => state.status === 'running' || state.status === 'pausing').length
}
