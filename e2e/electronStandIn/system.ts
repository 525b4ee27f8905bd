import { answerTest, link } from './link.ts'
import { onlyKnown } from './onlyKnown.ts'

type Permission = (contents: null, permission: string) => boolean
type PermissionRequest = (contents: null, permission: string, answer: (granted: boolean) => void) => void

/** The test says beforehand what the person answers; the last argument holds the options, after the window if given. */
const asked =
  (method: string) =>
  (...args: readonly unknown[]) =>
    link.ask('dialog', method, args.at(-1))

export const dialog = onlyKnown('dialog', {
  showOpenDialog: asked('showOpenDialog'),
  showSaveDialog: asked('showSaveDialog'),
  showMessageBox: asked('showMessageBox'),
  showErrorBox: (title: string, content: string) => void link.ask('dialog', 'showErrorBox', { title, content }),
})

export const shell = onlyKnown('shell', {
  showItemInFolder: (path: string) => void link.ask('shown', path),
  openPath: (path: string) => link.ask('shown', path).then(() => ''),
})

export const nativeTheme = onlyKnown('nativeTheme', { shouldUseDarkColors: false })

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
export const screen = onlyKnown('screen', { getPrimaryDisplay: () => display, getAllDisplays: () => [display] })

let checkPermission: Permission = () => true
let requestPermission: PermissionRequest = (_contents, _permission, answer) => answer(true)

/** Electron grants whatever nobody refuses. */
answerTest('isPermitted', (permission: string) => {
  let isGranted = false
  requestPermission(null, permission, (granted) => {
    isGranted = granted
  })
  return isGranted && checkPermission(null, permission)
})

export const session = onlyKnown('session', {
  defaultSession: onlyKnown('defaultSession', {
    setPermissionRequestHandler: (handler: PermissionRequest) => {
      requestPermission = handler
    },
    setPermissionCheckHandler: (handler: Permission) => {
      checkPermission = handler
    },
  }),
})
