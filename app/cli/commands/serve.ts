import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Server, ServerOptions } from '../../serve/startServer.ts'
import { CHECKOUT } from '../checkout.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { watchInterrupt } from '../interrupt.ts'
import { openApp } from '../openApp.ts'
import { Refusal } from '../refusal.ts'
import { note, print } from '../standardStreams.ts'
import { workspaceHere } from '../workspaceFolder.ts'

export interface ServeFlags {
  readonly port?: number
  readonly open?: true
  readonly workspace?: string
}

/** The same one each time, so that the browser knows the workshop again (its settings hang on the address). */
const USUAL_PORT = 4870

export async function serve(flags: ServeFlags): Promise<ExitCode> {
  const rendererFolder = join(CHECKOUT, 'dist', 'renderer')
  if (!existsSync(join(rendererFolder, 'index.html')))
    throw new Refusal('The workshop has not been built yet: run `npm run build` in the Jacquard checkout.')
  const app = await openApp({
    workspace: workspaceHere(flags.workspace, process.cwd()),
    host: 'browser',
    stateFolder: stateFolder(),
  })
  try {
    const server = await listen({ app, rendererFolder, port: flags.port ?? USUAL_PORT }, flags.port !== undefined)
    await print(`Jacquard is at ${server.url}\n`)
    if (flags.open === true) await openBrowser(server.url)
    await new Promise<void>((resolve) => watchInterrupt(resolve))
    note('Ending: runs in progress are paused and can be resumed. Ctrl-C again ends at once.')
    await server.close()
    return EXIT.ok
  } finally {
    await app.close()
  }
}

async function listen(options: ServerOptions, isPortTold: boolean): Promise<Server> {
  const { startServer } = await import('../../serve/startServer.ts')
  try {
    return await startServer(options)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    if (!isPortTold) return startServer({ ...options, port: 0 })
    const why = code === 'EACCES' ? 'may not be used by you' : 'is used by another program'
    throw new Refusal(`Port ${options.port} ${why}: choose another one, or leave out --port.`)
  }
}

async function openBrowser(url: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  const hasDisplay = process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined
  if (!hasDisplay) return note('There is no display to open a browser on: open the address yourself.')
  const { default: open } = await import('open')
  await open(url)
}

/** Where programs of this system keep what they remember for a person; here the list of recent workspaces. */
function stateFolder(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Jacquard')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Jacquard')
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Jacquard')
}
