import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import type { HostBridge, HostEvent } from '../shared/api.ts'
import { CALL, EVENT } from './channels.ts'
import { isOurPage } from './page.ts'

/** Carries the window's calls to the app. The app parses them and answers failures as values. */
export function carryCalls(app: Pick<HostBridge, 'call'>): void {
  ipcMain.handle(CALL, (event, command: unknown, request: unknown) => {
    if (!isFromOurPage(event)) throw new Error('This call does not come from the workshop’s own page.')
    return app.call(String(command), request)
  })
}

/** A frame inside the page, or a page that took its place, is not the workshop. */
function isFromOurPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url)
}

export function sendEvent(window: BrowserWindow, event: HostEvent): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT, event)
}
