import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, session, shell } from 'electron'
import { type App, createApp } from '../app/index.ts'
import { readCommandLine } from './commandLine.ts'
import { systemDialogs } from './dialogs.ts'
import { carryCalls, sendEvent } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { servePage } from './page.ts'
import { guardQuit } from './quit.ts'
import { ShellStateFile } from './shellState.ts'
import { startWorkspace } from './startWorkspace.ts'
import { openWindow, refusePermissions, stateOf } from './window.ts'

const isMac = process.platform === 'darwin'

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
  const show = (): void => {
    if (window !== null) {
      if (window.isMinimized()) window.restore()
      window.focus()
      return
    }
    const opened = openWindow(remembered.state.window)
    opened.on('close', (event) => {
      remembered.update({ window: stateOf(opened) })
      // Where a window is the program, closing it asks what quitting asks, while it can still say no.
      if (isMac || quit.mayClose()) return
      event.preventDefault()
      app.quit()
    })
    opened.on('closed', () => {
      window = null
    })
    window = opened
  }

  servePage(join(import.meta.dirname, '../renderer'))
  refusePermissions(session.defaultSession)
  carryCalls(jacquard)
  jacquard.listen((event) => {
    if (event.kind === 'workspaceChanged') remembered.update({ workspace: jacquard.workspace })
    if (window !== null) sendEvent(window, event)
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        isMac,
        isPackaged: app.isPackaged,
        actions: {
          send: (command) => {
            show()
            if (window !== null) sendEvent(window, { kind: 'menu', command })
          },
          undoTyping: () => window?.webContents.undo(),
          redoTyping: () => window?.webContents.redo(),
          openDocumentation: () => void shell.openPath(join(resources, 'docs')),
        },
      }),
    ),
  )
  app.setAboutPanelOptions({ applicationName: 'Jacquard', applicationVersion: app.getVersion() })
  // On macOS a program stays without its window, and its runs go on; elsewhere the window's own 'close' quits.
  app.on('window-all-closed', () => undefined)
  app.on('activate', show)
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
