import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type Session, screen, type WebContents } from 'electron'
import { PAGE_URL } from './page.ts'
import { placeWindow, SMALLEST, type WindowState } from './windowState.ts'

/** The theme's page colours, so that a window does not flash before its page is there. */
const BACKGROUND = { light: '#f7f8fa', dark: '#101216' }

/** The window, hidden until its page can be seen. `saved`: as it was left; null: it never was. */
export function openWindow(saved: WindowState | null): BrowserWindow {
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
  const window = new BrowserWindow({
    ...placeWindow(
      saved,
      displays.map(({ workArea }) => workArea),
    ),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  })
  if (saved?.maximised) window.maximize()
  keepToOurPage(window.webContents)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(PAGE_URL)
  return window
}

/** How it is to open next time. */
export function stateOf(window: BrowserWindow): WindowState {
  return { bounds: window.getNormalBounds(), maximised: window.isMaximized() }
}

/** The window shows the workshop and nothing else, whatever a link, a script or a dropped file asks for. */
function keepToOurPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    // Loading the page itself anew leads nowhere else.
    if (event.url !== PAGE_URL) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** A page may put text on the clipboard (the copy buttons); camera, place, notifications and all else are refused. */
export function refusePermissions(session: Session): void {
  const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
}
