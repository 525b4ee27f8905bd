import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import type { HostBridge, HostEvent } from '../shared/api.ts'
import { CALL, EVENT } from './channels.ts'

/** All that the window's page gets of the world outside. Nothing of Electron itself may pass through here. */
const bridge: HostBridge = {
  call: (command, request) => ipcRenderer.invoke(CALL, command, request),
  listen: (listener) => {
    const relay = (_event: IpcRendererEvent, event: HostEvent): void => listener(event)
    ipcRenderer.on(EVENT, relay)
    return () => ipcRenderer.off(EVENT, relay)
  },
  // '' is what Electron says of a file that is not on disk.
  pathOf: (file) => webUtils.getPathForFile(file as File) || null,
}

contextBridge.exposeInMainWorld('jacquard', bridge)
