import type { Command, HostBridge, HostEvent, Reply, Request } from '../../shared/api.ts'

let bridge: HostBridge | null = null

/** Called once, in main.tsx (and by tests), before anything calls or listens. */
export function connectHost(to: HostBridge): void {
  bridge = to
}

function connected(): HostBridge {
  if (bridge === null) throw new Error('The window asked its host before main.tsx connected it.')
  return bridge
}

/** The one way out of the window: typed calls to the application, and what it pushes. */
export const host = {
  /** Resolves with `{ ok: false, error }` for what the person can act on; rejects only on a bug. */
  async call<C extends Command>(command: C, request: Request<C>): Promise<Reply<C>> {
    // The same build on both sides: the host answers a command with that command's reply.
    return (await connected().call(command, request)) as Reply<C>
  },
  /** Returns what ends the subscription. */
  listen(listener: (event: HostEvent) => void): () => void {
    return connected().listen(listener)
  },
  /** The path of a dropped file; null where the host cannot tell (a browser never can). */
  pathOf(file: File): string | null {
    return connected().pathOf?.(file) ?? null
  },
}
