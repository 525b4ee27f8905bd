import { EventEmitter } from 'node:events'
import { openWindows, PreventableEvent, requireReady, windowClosed } from './app.ts'
import { noteAsked } from './asked.ts'
import { answerTest, link } from './link.ts'
import { checkKeys, onlyKnown } from './onlyKnown.ts'

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface WindowOptions extends Partial<Rectangle> {
  readonly webPreferences?: { readonly preload?: string; readonly [preference: string]: unknown }
  readonly [option: string]: unknown
}
type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

const OPTIONS = ['x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'show', 'backgroundColor', 'webPreferences']
/** With what Electron must be told, as its defaults were others once. */
const PREFERENCES: { readonly [preference: string]: unknown } = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  spellcheck: false,
}

const windows = new Map<number, BrowserWindowStandIn>()

export function windowWithId(id: number): BrowserWindowStandIn {
  const window = windows.get(id)
  if (window === undefined) throw new Error(`There is no window ${id}.`)
  return window
}

class WebContents extends EventEmitter {
  readonly #window: number
  readonly mainFrame = { url: '' }
  openHandler: OpenHandler = () => ({ action: 'allow' })
  hasLoaded = false

  constructor(window: number) {
    super()
    this.#window = window
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  send(channel: string, ...args: unknown[]): void {
    // A window that just closed gets nothing, in Electron as here.
    link.ask('send', this.#window, channel, args).catch(() => undefined)
  }
  isLoading(): boolean {
    return !this.hasLoaded
  }
  undo(): void {
    link.ask('editing', this.#window, 'undo').catch(() => undefined)
  }
  redo(): void {
    link.ask('editing', this.#window, 'redo').catch(() => undefined)
  }
}

class BrowserWindowStandIn extends EventEmitter {
  readonly id = windows.size + 1
  readonly webContents: WebContents
  readonly #bounds: Rectangle
  readonly #opened: Promise<unknown>
  #isMaximized = false
  /** One that was just opened has it. */
  #isFocused = true
  #isDestroyed = false

  constructor(options: WindowOptions) {
    super()
    requireReady('BrowserWindow')
    checkKeys('options of BrowserWindow', options, OPTIONS)
    const { preload, ...preferences } = options.webPreferences ?? {}
    checkKeys('webPreferences', preferences, Object.keys(PREFERENCES))
    for (const [name, value] of Object.entries(PREFERENCES))
      if (preferences[name] !== value) throw new Error(`webPreferences.${name} must be ${value}.`)
    this.webContents = onlyKnown('webContents', new WebContents(this.id))
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    windows.set(this.id, this)
    openWindows.add(this)
    this.#opened = link.ask('openWindow', { window: this.id, preload, ...this.#bounds })
  }
  async loadURL(url: string): Promise<void> {
    await this.#opened
    await link.ask('load', this.id, url)
    this.webContents.hasLoaded = true
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }
  show(): void {}
  focus(): void {
    this.becomeFocused(true)
  }
  isFocused(): boolean {
    return this.#isFocused
  }
  becomeFocused(isFocused: boolean): void {
    if (isFocused === this.#isFocused) return
    this.#isFocused = isFocused
    this.emit(isFocused ? 'focus' : 'blur')
  }
  setProgressBar(value: number, options: { readonly mode?: string } = {}): void {
    checkKeys('options of setProgressBar', options, ['mode'])
    noteAsked({ kind: 'progress', value, mode: options.mode ?? 'normal' })
  }
  restore(): void {}
  maximize(): void {
    this.#isMaximized = true
  }
  isMaximized(): boolean {
    return this.#isMaximized
  }
  isMinimized(): boolean {
    return false
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  getNormalBounds(): Rectangle {
    return this.#bounds
  }
  close(): void {
    const event = new PreventableEvent()
    this.emit('close', event)
    if (event.defaultPrevented) return
    this.#isDestroyed = true
    windows.delete(this.id)
    openWindows.delete(this)
    link.ask('closeWindow', this.id).catch(() => undefined)
    this.emit('closed')
    windowClosed()
  }
}

/** The main frame is one object for as long as the window lives: main.js compares it. */
export function frameOf(contents: WebContents, isMainFrame: boolean, url: string): { url: string } {
  if (!isMainFrame) return { url }
  contents.mainFrame.url = url
  return contents.mainFrame
}

answerTest('setFocused', (id: number, isFocused: boolean) => windowWithId(id).becomeFocused(isFocused))
answerTest('clickClose', (id: number) => windowWithId(id).close())
answerTest('mayNavigate', (id: number, url: string) => {
  const event = Object.assign(new PreventableEvent(), { url })
  windowWithId(id).webContents.emit('will-navigate', event)
  return !event.defaultPrevented
})
answerTest('mayOpen', (id: number, url: string) => windowWithId(id).webContents.openHandler({ url }).action === 'allow')

export const BrowserWindow = new Proxy(BrowserWindowStandIn, {
  construct: (target, [options]) => onlyKnown('BrowserWindow', new target(options as WindowOptions)),
})
