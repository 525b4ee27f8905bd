import type { ItemTrace } from '../../../../shared/trace.ts'
import { host } from '../../../lib/host.ts'
import { isLive, useRunStore } from '../../../stores/runStore.ts'

const LEAST_BETWEEN_MS = 200

/** Reads what has become of a test's item as often as the test reports anything, until it is over or nobody wants to know. */
export function followTest(
  run: string,
  signal: AbortSignal,
  tell: (trace: ItemTrace | null, isOver: boolean) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false
  /** Something was reported while an answer was on its way, which may not know of it. */
  let isStale = false
  const read = async (): Promise<void> => {
    timer = undefined
    isReading = true
    isStale = false
    // Whether it still goes on is asked first: what is read of a run that has ended is its last word.
    const detail = await host.call('runs.get', { run })
    const isOver = !detail.ok || !isLive(detail.value.summary)
    const trace = await host.call('runs.trace', { run, lane: 0, index: 0 })
    isReading = false
    if (signal.aborted) return
    tell(trace.ok ? trace.value : null, isOver)
    if (isOver) stop()
    else if (isStale) soon()
  }
  const soon = (): void => {
    timer ??= setTimeout(() => void read(), LEAST_BETWEEN_MS)
  }
  const unsubscribe = useRunStore.subscribe((now, before) => {
    if (now.progress.get(run) === before.progress.get(run)) return
    if (isReading) isStale = true
    else soon()
  })
  const stop = (): void => {
    clearTimeout(timer)
    unsubscribe()
  }
  signal.addEventListener('abort', stop, { once: true })
  timer = setTimeout(() => void read(), 0)
}
