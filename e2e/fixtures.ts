import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test as base } from '@playwright/test'
import { root } from './hosts/childProcess.ts'
import { findElectron, openElectron } from './hosts/realElectron.ts'
import { openServed } from './hosts/served.ts'
import { openStandIn } from './hosts/standIn.ts'
import type { Start, Workshop } from './hosts/workshop.ts'

/** `serve`: the page of `jacquard serve`. `electron`: the desktop, in Electron itself or over its stand-in. */
export type HostName = 'serve' | 'electron'

export interface Options {
  /** Set by the project (playwright.config.ts): every spec runs on both. */
  readonly host: HostName
  /** Environment of the program, such as where a loopback provider listens. */
  readonly env: Readonly<Record<string, string>>
}

interface Fixtures {
  /** Folders of this test's own: a copy of the examples, and an empty one for what the program remembers. */
  readonly folders: Pick<Start, 'workspace' | 'dataFolder'>
  /** Starts the program on these folders; may be called again after `close` or `kill`. All end with the test. */
  readonly openWorkshop: () => Promise<Workshop>
  /** Started once, before the test. `page` is its window. */
  readonly workshop: Workshop
}

/** What a run leaves behind is not part of the examples. */
const isExample = (path: string): boolean => !['.jacquard', 'results'].includes(basename(path))

export const test = base.extend<Options & Fixtures>({
  host: ['serve', { option: true }],
  env: [{}, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures one needs.
  folders: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'jacquard-e2e-'))
    const [workspace, dataFolder] = [join(folder, 'workspace'), join(folder, 'data')]
    mkdirSync(dataFolder)
    cpSync(join(root, 'examples/workspace'), workspace, { recursive: true, filter: isExample })
    await use({ workspace, dataFolder })
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  },

  openWorkshop: async ({ browser, host, folders, env }, use) => {
    const opened: Workshop[] = []
    await use(async () => {
      const start = { ...folders, env }
      const electron = findElectron()
      const workshop =
        host === 'serve'
          ? await openServed(browser, start)
          : electron === null
            ? await openStandIn(browser, start)
            : await openElectron(electron, start)
      opened.push(workshop)
      return workshop
    })
    for (const workshop of opened) await workshop.kill()
  },

  workshop: async ({ openWorkshop }, use) => {
    const workshop = await openWorkshop()
    await use(workshop)
    await workshop.close()
  },

  page: async ({ workshop }, use) => use(workshop.page),
})

export { expect } from '@playwright/test'
