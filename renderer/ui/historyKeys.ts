import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'

interface History {
  readonly undo: () => void
  readonly redo: () => void
}

/** Undo and redo of a text editor whose history is that of its document, which other views of it change as well. */
export function historyKeys({ undo, redo }: History): Extension {
  return keymap.of([
    { key: 'Mod-z', run: done(undo), preventDefault: true },
    { key: 'Mod-y', mac: 'Mod-Shift-z', run: done(redo), preventDefault: true },
    { key: 'Ctrl-Shift-z', run: done(redo), preventDefault: true },
  ])
}

function done(action: () => void): () => boolean {
  return () => {
    action()
    return true
  }
}
