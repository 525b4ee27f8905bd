import { requireReady } from './app.ts'
import { noteAsked } from './asked.ts'
import { onlyKnown } from './onlyKnown.ts'

const started = new Set<number>()
let count = 0

export const powerSaveBlocker = onlyKnown('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    requireReady('powerSaveBlocker.start')
    count += 1
    started.add(count)
    noteAsked({ kind: 'awake', type, blockers: started.size })
    return count
  },
  stop(id: number): boolean {
    const wasStarted = started.delete(id)
    if (wasStarted) noteAsked({ kind: 'awake', type: null, blockers: started.size })
    return wasStarted
  },
})
