/** What of the browser keeps the machine awake. */
export interface Waking {
  /** Rejects where the browser does not want to now: a low battery, a page that was hidden meanwhile. */
  request(): Promise<Pick<WakeLockSentinel, 'release' | 'released'>>
  isVisible(): boolean
}

export interface WakeLock {
  need(isNeeded: boolean): void
  /** The page was hidden or shown. The browser takes the lock back whenever it is hidden. */
  visibilityChanged(): void
}

/** Holds a lock while it is needed and the page can be seen. */
export function createWakeLock({ request, isVisible }: Waking): WakeLock {
  let isNeeded = false
  let isAsking = false
  let lock: Awaited<ReturnType<Waking['request']>> | null = null

  async function adjust(): Promise<void> {
    if (!isNeeded) {
      const held = lock
      lock = null
      await held?.release()
      return
    }
    if (isAsking || !isVisible() || lock?.released === false) return
    isAsking = true
    try {
      lock = await request()
    } catch {
      // The machine may fall asleep then, and a run with it: nothing is lost. It is asked again when the page is shown.
      return
    } finally {
      isAsking = false
    }
    if (!isNeeded) await adjust()
  }

  return {
    need: (next) => {
      if (next === isNeeded) return
      isNeeded = next
      void adjust()
    },
    visibilityChanged: () => void adjust(),
  }
}
