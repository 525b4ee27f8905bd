import type { Backend } from '../ports/backend.ts'

/** A backend that is opened when it is needed: loading a provider's package takes some 100 ms. */
export function createLazyBackend(open: () => Promise<Backend>): Backend {
  let opened: Promise<Backend> | null = null
  const opening = () => {
    opened ??= open()
    return opened
  }
  return {
    prepare: () => void opening(),
    complete: async (request, signal) => (await opening()).complete(request, signal),
    check: async (model, signal) => (await (await opening()).check?.(model, signal)) ?? null,
  }
}
