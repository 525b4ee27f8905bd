import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { environment, root, TestProcess } from './childProcess.ts'
import type { Start, Workshop } from './workshop.ts'

export interface Served {
  readonly process: TestProcess
  /** With the token. */
  readonly url: string
}

/** `jacquard serve`, without a page. */
export async function serve(start: Start): Promise<Served> {
  const args = [join(root, 'scripts/jacquard.mjs'), 'serve', '--workspace', start.workspace, '--port', '0']
  const process = new TestProcess(spawn(globalThis.process.execPath, args, { env: environment(start), cwd: root }))
  const [url] = await process.waitFor(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/)
  return { process, url }
}

/** `jacquard serve` in a browser's page. */
export async function openServed(browser: Browser, start: Start): Promise<Workshop> {
  const { process, url } = await serve(start)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  return {
    page,
    desktop: null,
    close: async () => {
      await context.close()
      process.child.kill('SIGTERM')
      // 130 and 143: ended by a signal, as the command line's exit codes say.
      await process.expectEnd([0, 130, 143])
    },
    kill: async () => {
      await process.kill()
      await context.close()
    },
  }
}
