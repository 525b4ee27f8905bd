import { app } from 'electron'
import { readCommandLine } from './commandLine.ts'
import { startDesktop } from './desktop.ts'
import { declarePageScheme } from './page.ts'

const { workspace, dataFolder } = readCommandLine(process.argv, process.cwd())

declarePageScheme()
// The lock below is one a data folder, so this comes first.
if (dataFolder !== null) app.setPath('userData', dataFolder)

if (app.requestSingleInstanceLock()) {
  // Not awaited at the top: Electron gets ready only once this module has run.
  void app.whenReady().then(() => startDesktop(workspace))
} else {
  // The window that is there already comes to the front ('second-instance').
  app.quit()
}
