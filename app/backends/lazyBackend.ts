import type { Backend } from '../ports/backend.ts'

/** A backend that is opened at its first call: loading a provider's package takes some 100 ms of start-up time. */
export function createLazyBackend(open: () => Promise<Backend>): Backend {
  let opened: Promise<Backend> | null = null
  return {
    async complete(request, signal) {
      opened ??= open()
      return (await opened).complete(request, signal)
    },
  }
}
