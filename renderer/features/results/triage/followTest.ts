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
  const read = async (): Promise<void> => {
    // Whether it still goes on is asked first: what is read of a run that has ended is its last word.
    const detail = await host.call('runs.get', { run })
    const isOver = !detail.ok || !isLive(detail.value.summary)
    const trace = await host.call('runs.trace', { run, lane: 0, index: 0 })
    if (signal.aborted) return
    tell(trace.ok ? trace.value : null, isOver)
    if (isOver) stop()
    timer = undefined
  }
  const unsubscribe = useRunStore.subscribe((now, before) => {
    if (now.progress.get(run) !== before.progress.get(run)) timer ??= setTimeout(() => void read(), LEAST_BETWEEN_MS)
  })
  const stop = (): void => {
    clearTimeout(timer)
    unsubscribe()
  }
  signal.addEventListener('abort', stop, { once: true })
  timer = setTimeout(() => void read(), 0)
}
