import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import { isMissing } from './documentFolder.ts'

export type WatchedPart = 'chains' | 'workers' | 'settings'

/** Each watched folder, and which of its files count. */
const FOLDERS = {
  chains: (name: string) => name.endsWith('.chain.yaml'),
  workers: (name: string) => /[.]ya?ml$/.test(name),
} as const
type Folder = keyof typeof FOLDERS

/** Several events make one change: an atomic write alone is a file made, written, and renamed. */
const REST_MS = 150

/** Calls back, a moment after, when files of the workspace change. Returns what ends the watching. */
export function watchWorkspace(workspace: string, onChange: (part: WatchedPart) => void): () => void {
  const watchers = new Map<string, FSWatcher>()
  const timers = new Map<WatchedPart, NodeJS.Timeout>()
  const soon = (part: WatchedPart) => {
    clearTimeout(timers.get(part))
    timers.set(
      part,
      setTimeout(() => onChange(part), REST_MS),
    )
  }
  const add = (folder: string, recursive: boolean, seen: (name: string | null) => void) => {
    if (watchers.has(folder)) return
    try {
      const watcher = watch(join(workspace, folder), { persistent: false, recursive }, (_event, name) => seen(name))
      // A watched folder that goes away ends the watching, not the app.
      watcher.on('error', () => watcher.close())
      watcher.on('close', () => watchers.delete(folder))
      watchers.set(folder, watcher)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  const addFolder = (folder: Folder) =>
    add(folder, folder === 'workers', (name) => {
      if (name === null || FOLDERS[folder](name)) soon(folder)
    })
  addFolder('chains')
  addFolder('workers')
  add('', false, (name) => {
    if (name === 'jacquard.yaml') soon('settings')
    if (name !== 'chains' && name !== 'workers') return
    // It was made just now, or was taken away and is back.
    addFolder(name)
    soon(name)
  })
  return () => {
    for (const watcher of watchers.values()) watcher.close()
    for (const timer of timers.values()) clearTimeout(timer)
  }
}
