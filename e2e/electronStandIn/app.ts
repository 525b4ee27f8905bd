import { EventEmitter } from 'node:events'
import { answerTest, link } from './link.ts'
import { onlyKnown } from './onlyKnown.ts'

/** An event whose default a listener may prevent. */
export class PreventableEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

const paths = new Map<string, string>()
let becomeReady: () => void = () => undefined
const ready = new Promise<void>((resolve) => {
  becomeReady = resolve
})
let isReady = false
// Electron runs the main module to its end first, too.
setTimeout(() => {
  isReady = true
  becomeReady()
}, 50)

/** Windows, as far as the end of the program is concerned. */
export const openWindows = new Set<{ close(): void }>()
let isQuitting = false

export function requireReady(what: string): void {
  if (!isReady) throw new Error(`${what} cannot be used before the app is ready.`)
}
export function requireNotReady(what: string): void {
  if (isReady) throw new Error(`${what} must be used before the app is ready.`)
}

class App extends EventEmitter {
  readonly isPackaged = false
  whenReady(): Promise<void> {
    return ready
  }
  requestSingleInstanceLock(): boolean {
    return true
  }
  setPath(name: string, path: string): void {
    paths.set(name, path)
  }
  getPath(name: string): string {
    const path = paths.get(name)
    if (path === undefined) throw new Error(`A test must not touch the person's own ${name} folder.`)
    return path
  }
  getAppPath(): string {
    return process.cwd()
  }
  getVersion(): string {
    return '0.0.0-standin'
  }
  setAboutPanelOptions(): void {}
  setAppUserModelId(): void {}
  /** As Electron does it: ask, close the windows, ask again, end. Anyone may prevent it. */
  quit(): void {
    const before = new PreventableEvent()
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    isQuitting = true
    for (const window of openWindows) window.close()
    // A window refused.
    isQuitting = openWindows.size === 0
    if (isQuitting) this.#end(0)
  }
  exit(code = 0): void {
    this.#end(code)
  }
  windowClosed(): void {
    if (openWindows.size > 0 || isQuitting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }
  #end(code: number): void {
    this.emit('will-quit', new PreventableEvent())
    void link.ask('ending', code).finally(() => process.exit(code))
  }
}

const real = new App()
export const windowClosed = (): void => real.windowClosed()
export const app = onlyKnown('app', real)

answerTest('quit', () => real.quit())
// The test is gone: so is its window.
process.on('disconnect', () => process.exit(1))
