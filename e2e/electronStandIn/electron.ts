// What `import 'electron'` gives the built main.js in a test: as much of Electron as it uses, over a real Chromium that
// the test drives. A name that is not here fails the import; a member that is not there throws (onlyKnown.ts).
export { app } from './app.ts'
export { BrowserWindow } from './browserWindow.ts'
export { ipcMain } from './ipcMain.ts'
export { Menu } from './menu.ts'
export { Notification } from './notification.ts'
export { powerSaveBlocker } from './powerSaveBlocker.ts'
export { protocol } from './protocol.ts'
export { dialog, nativeTheme, screen, session, shell } from './system.ts'
