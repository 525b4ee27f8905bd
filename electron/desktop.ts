import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, session, shell } from 'electron'
import { type App, createApp } from '../app/index.ts'
import type { HostEvent } from '../shared/api.ts'
import { readCommandLine } from './commandLine.ts'
import { systemDialogs } from './dialogs.ts'
import { carryCalls, sendEvent } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { servePage } from './page.ts'
import { guardQuit } from './quit.ts'
import { createRunNotices } from './runNotices.ts'
import { ShellStateFile } from './shellState.ts'
import { startWorkspace } from './startWorkspace.ts'
import { systemSigns } from './systemSigns.ts'
import { openWindow, refusePermissions, stateOf } from './window.ts'

const isMac = process.platform === 'darwin'
/** As in electron-builder.yml: Windows shows notifications of programs that it knows by such a name only. */
const APP_ID = 'org.jacquard.workshop'

/** Joins the app, its one window and the system. `asked`: the workspace that the command line names. */
export async function startDesktop(asked: string | null): Promise<void> {
  /** What the installer puts beside the program, and a checkout holds at its root. */
  const resources = app.isPackaged ? process.resourcesPath : app.getAppPath()
  const remembered = new ShellStateFile(app.getPath('userData'))
  let window: BrowserWindow | null = null
  const theWindow = (): BrowserWindow | null => window

  const examples = join(resources, 'examples/workspace')
  const workspace = await startWorkspace({
    asked,
    last: remembered.state.workspace,
    example: examples,
    exampleCopy: app.isPackaged ? join(app.getPath('documents'), 'Jacquard') : null,
  })
  let jacquard: App
  try {
    jacquard = await createApp({
      workspace,
      host: 'electron',
      env: process.env,
      shell: systemDialogs(theWindow),
      stateFolder: app.getPath('userData'),
      examples,
    })
  } catch (error) {
    // Without this the same folder would keep the program from starting for ever.
    remembered.update({ workspace: null })
    dialog.showErrorBox(`The workspace ${workspace} cannot be opened.`, String(error))
    return app.exit(1)
  }
  remembered.update({ workspace: jacquard.workspace })

  const quit = guardQuit(jacquard, theWindow)
  const show = (): BrowserWindow => {
    if (window !== null) {
      if (window.isMinimized()) window.restore()
      window.focus()
      return window
    }
    const opened = openWindow(remembered.state.window)
    opened.on('close', (event) => {
      remembered.update({ window: stateOf(opened) })
      // Where a window is the program, closing it asks what quitting asks, while it can still say no.
      // The dock would keep the bar of a window that is gone.
      if (isMac) opened.setProgressBar(-1)
      if (isMac || quit.mayClose()) return
      event.preventDefault()
      app.quit()
    })
    opened.on('closed', () => {
      window = null
    })
    opened.on('focus', () => notices.look())
    window = opened
    signs.showAgain()
    return opened
  }
  /** Brings the window to the front and tells it, once its page can hear. */
  const tell = (event: HostEvent): void => {
    const shown = show()
    if (shown.webContents.isLoading()) shown.webContents.once('did-finish-load', () => sendEvent(shown, event))
    else sendEvent(shown, event)
  }
  const signs = systemSigns({ window: theWindow, showRun: (run) => tell({ kind: 'showRun', run }) })
  const notices = createRunNotices(signs)

  servePage(join(import.meta.dirname, '../renderer'))
  refusePermissions(session.defaultSession)
  carryCalls(jacquard)
  jacquard.listen((event) => {
    if (event.kind === 'workspaceChanged') remembered.update({ workspace: jacquard.workspace })
    if (window !== null) sendEvent(window, event)
    notices.take(event)
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        isMac,
        isPackaged: app.isPackaged,
        actions: {
          send: (command) => tell({ kind: 'menu', command }),
          undoTyping: () => window?.webContents.undo(),
          redoTyping: () => window?.webContents.redo(),
          openDocumentation: () => void shell.openPath(join(resources, 'docs')),
        },
      }),
    ),
  )
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  app.setAboutPanelOptions({ applicationName: 'Jacquard', applicationVersion: app.getVersion() })
  // On macOS a program stays without its window, and its runs go on; elsewhere the window's own 'close' quits.
  app.on('window-all-closed', () => undefined)
  app.on('activate', show)
  app.on('will-quit', () => notices.stop())
  app.on('second-instance', (_event, argv, workingFolder) => {
    show()
    const { workspace: path } = readCommandLine(argv, workingFolder)
    if (path !== null) void openWorkspace(jacquard, path)
  })
  show()
}

async function openWorkspace(jacquard: App, path: string): Promise<void> {
  const reply = await jacquard.call('workspace.open', { path })
  if (!reply.ok) dialog.showErrorBox('The workspace was not opened.', reply.error.message)
}
