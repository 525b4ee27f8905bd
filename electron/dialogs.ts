import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions, shell } from 'electron'
import type { Shell } from '../app/index.ts'

const TABLES = { name: 'Items', extensions: ['csv', 'tsv', 'jsonl', 'json', 'txt', 'xlsx'] }
const RESULTS = [
  { name: 'JSON Lines', extensions: ['jsonl'] },
  { name: 'CSV', extensions: ['csv'] },
]
const ANY = { name: 'All files', extensions: ['*'] }

/** The system's own dialogs, over the window where there is one. */
export function systemDialogs(window: () => BrowserWindow | null): Shell {
  return {
    pick: async (what, suggested) => {
      const suggestion = suggested === undefined ? {} : { defaultPath: suggested }
      switch (what) {
        case 'folder':
          return open(window(), { ...suggestion, properties: ['openDirectory'] })
        case 'workspace':
          return open(window(), {
            ...suggestion,
            title: 'Open workspace',
            properties: ['openDirectory', 'createDirectory'],
          })
        case 'file':
          return open(window(), { ...suggestion, filters: [TABLES, ANY], properties: ['openFile'] })
        case 'save':
          return save(window(), { ...suggestion, filters: RESULTS })
      }
    },
    reveal: (path) => shell.showItemInFolder(path),
  }
}

async function open(window: BrowserWindow | null, options: OpenDialogOptions): Promise<string | null> {
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return filePaths[0] ?? null
}

async function save(window: BrowserWindow | null, options: SaveDialogOptions): Promise<string | null> {
  const { filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
  return filePath || null
}

/** Asked when the program is to end while a run is going on. */
export async function mayPauseAndQuit(window: BrowserWindow | null, runs: number): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: runs === 1 ? 'A run is going on.' : `${runs} runs are going on.`,
    detail: 'Quitting pauses it. Nothing is lost: every finished stage is kept, and the run can be resumed from Runs.',
    buttons: ['Pause and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  }
  const { response } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options))
  return response === 0
}
