import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron } from '@playwright/test'
import { environment, root } from './childProcess.ts'
import type { Start, Workshop } from './workshop.ts'

/** Electron's own program where it is installed (or `ELECTRON_PATH` names it) and can show a window; else null. */
export function findElectron(): string | null {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null
  if (process.env.ELECTRON_PATH !== undefined) return process.env.ELECTRON_PATH
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}

/** The built desktop shell in Electron itself. */
export async function openElectron(executablePath: string, start: Start): Promise<Workshop> {
  const display = Object.fromEntries(
    ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
  const electron = await _electron.launch({
    executablePath,
    args: [
      root,
      // Chromium's sandbox does not start as root, which is who tests run as in a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--workspace=${start.workspace}`,
      `--user-data-dir=${start.dataFolder}`,
    ],
    env: { ...environment(start), ...display },
  })
  const child = electron.process()
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    page: await electron.firstWindow(),
    desktop: {
      answerDialog: (method, answer) =>
        electron.evaluate(
          ({ dialog }, [name, value]) => {
            const real = dialog[name]
            Object.assign(dialog, {
              [name]: () => {
                Object.assign(dialog, { [name]: real })
                return Promise.resolve(value)
              },
            })
          },
          [method, answer] as const,
        ),
      clickMenu: (id) =>
        electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id),
      quit: () => electron.evaluate(({ app }) => app.quit()),
      system: null,
      isRunning,
      windows: () => electron.windows(),
    },
    close: async () => {
      if (isRunning()) await electron.close()
      const code = await ended
      if (code !== 0) throw new Error(`Electron ended with ${code}.`)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
