import { frameOf, windowWithId } from './browserWindow.ts'
import { answerTest } from './link.ts'
import { onlyKnown } from './onlyKnown.ts'

type Handler = (event: object, ...args: unknown[]) => unknown
const handlers = new Map<string, Handler>()

export interface Invocation {
  readonly window: number
  readonly isMainFrame: boolean
  readonly url: string
  readonly channel: string
  readonly args: readonly unknown[]
}

answerTest('invoke', async ({ window, isMainFrame, url, channel, args }: Invocation) => {
  const handler = handlers.get(channel)
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
  const { webContents } = windowWithId(window)
  try {
    return await handler({ sender: webContents, senderFrame: frameOf(webContents, isMainFrame, url) }, ...args)
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
  }
})

export const ipcMain = onlyKnown('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
})
