/** Names of what the stand-in puts on the page besides `window.jacquard`. */
export const INVOKE = '__standInInvoke'
export const DELIVER = '__standInDeliver'

/**
 * A script that runs the built preload in every document before the page's own scripts, with the part of `electron` that
 * a sandboxed preload has. As in Electron, it runs in the main frame only.
 */
export function preloadScript(preload: string): string {
  return `if (window === window.top) (${installPreload.toString()})((require, module, exports) => {${preload}\n}, ${JSON.stringify(
    { INVOKE, DELIVER },
  )})`
}

type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void
type Listener = (event: object, ...args: unknown[]) => void

/** Runs in the page: it may use nothing from outside itself. */
function installPreload(preload: Preload, names: { INVOKE: string; DELIVER: string }): void {
  const page = window as unknown as { [name: string]: unknown }
  const invoke = page[names.INVOKE] as (channel: string, args: unknown[]) => Promise<unknown>
  const listeners = new Map<string, Set<Listener>>()
  const of = (channel: string): Set<Listener> => {
    const found = listeners.get(channel) ?? new Set<Listener>()
    listeners.set(channel, found)
    return found
  }
  page[names.DELIVER] = (channel: string, args: unknown[]) => {
    for (const listener of of(channel)) listener({}, ...args)
  }

  const electron: { [name: string]: { [member: string]: unknown } } = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) => {
        Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true })
      },
    },
    ipcRenderer: {
      // Electron clones what passes, and refuses what cannot be cloned.
      invoke: async (channel: string, ...args: unknown[]) => invoke(channel, structuredClone(args)),
      on: (channel: string, listener: Listener) => void of(channel).add(listener),
      off: (channel: string, listener: Listener) => void of(channel).delete(listener),
    },
    webUtils: {
      getPathForFile: (file: unknown) => {
        if (!(file instanceof File)) throw new TypeError('getPathForFile expects a File')
        // As Electron says of a file that a script made up, which is all that a test can drop.
        return ''
      },
    },
  }
  const strict = (name: string, known: object): object =>
    new Proxy(known, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key)
        // Bundlers ask a module whether it was an ES module.
        if (value !== undefined || typeof key === 'symbol' || key === '__esModule') return value
        throw new Error(`The stand-in for Electron's preload has no ${name}.${key}.`)
      },
    })
  const parts = Object.entries(electron).map(([name, known]) => [name, strict(name, known)] as const)
  const module = { exports: {} }
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`)
      return strict('electron', Object.fromEntries(parts))
    },
    module,
    module.exports,
  )
}
