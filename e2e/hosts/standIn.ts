import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, Route } from '@playwright/test'
import { DELIVER, INVOKE, preloadScript } from '../electronStandIn/preloadWorld.ts'
import type { PageResponse } from '../electronStandIn/protocol.ts'
import { Rpc } from '../electronStandIn/rpc.ts'
import { environment, root, TestProcess } from './childProcess.ts'
import type { Asked, Desktop, DesktopSystem, Start, Workshop } from './workshop.ts'

/** What Chromium calls what Electron's permissions are about. */
const PERMISSIONS: { readonly [electrons: string]: string } = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  midi: 'midi',
  notifications: 'notifications',
  'storage-access': 'storage-access',
}

/** Chromium knows no `app:`; a secure site whose every request the main process answers behaves as that origin does. */
const toPage = (url: string): string => url.replace(/^(\w+):\/\/([\w.-]+)\//, 'https://$2.$1.test/')
const toMain = (url: string): string => url.replace(/^https:\/\/([\w-]+)\.(\w+)\.test\//, '$2://$1/')

/** The built desktop shell over the stand-in for Electron (electronStandIn/electron.ts), in a Chromium of the test's. */
export async function openStandIn(browser: Browser, start: Start): Promise<Workshop> {
  const context = await browser.newContext()
  const main = new TestProcess(
    fork(join(root, 'dist/electron/main.js'), ['--workspace', start.workspace, '--user-data-dir', start.dataFolder], {
      cwd: root,
      env: environment(start),
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--import',
        import.meta.resolve('../electronStandIn/register.ts'),
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }),
  )
  const shell = new ShellWindows(context, main)
  try {
    const page = await shell.firstPage
    return {
      page,
      desktop: shell,
      close: async () => {
        if (main.isRunning) await shell.quit()
        await main.expectEnd([0])
        await context.close()
      },
      kill: async () => {
        await main.kill()
        await context.close()
      },
    }
  } catch (error) {
    await main.kill()
    await context.close()
    throw new Error(`The desktop did not start:\n${main.said}`, { cause: error })
  }
}

/** The test's end of the stand-in: pages for windows, and a person who answers dialogs. */
class ShellWindows implements Desktop {
  readonly firstPage: Promise<Page>
  readonly system: DesktopSystem = {
    setFocused: async (isFocused) => {
      for (const window of this.#pages.keys()) await this.#rpc.ask('setFocused', window, isFocused)
    },
    clickNotification: async (title) => {
      await this.#rpc.ask('clickNotification', title)
    },
    asked: async () => (await this.#rpc.ask('asked')) as readonly Asked[],
  }
  readonly #context: BrowserContext
  readonly #main: TestProcess
  readonly #rpc: Rpc
  readonly #pages = new Map<number, Page>()
  readonly #dialogAnswers = new Map<string, object>()
  /** Main-frame loads that the main process itself asked for. */
  readonly #loading = new Set<Page>()

  constructor(context: BrowserContext, main: TestProcess) {
    this.#context = context
    this.#main = main
    let loaded: (page: Page) => void
    this.firstPage = new Promise((resolve, reject) => {
      loaded = resolve
      void main.ended.then((code) => reject(new Error(`The main process ended with ${code}.`)))
    })
    this.#rpc = new Rpc(main.child, {
      openWindow: (options: WindowOptions) => this.#openWindow(options),
      load: async (window: number, url: string) => {
        const page = this.#page(window)
        this.#loading.add(page)
        await page.goto(toPage(url))
        this.#loading.delete(page)
        loaded(page)
      },
      send: (window: number, channel: string, args: unknown[]) =>
        this.#page(window).evaluate(([name, ...delivery]) => (window as unknown as Deliverable)[name]?.(...delivery), [
          DELIVER,
          channel,
          args,
        ] as const),
      editing: (window: number, command: string) =>
        this.#page(window).evaluate((name) => document.execCommand(name), command),
      closeWindow: (window: number) => this.#page(window).close(),
      dialog: (method: string, options: object) => this.#answer(method, options),
      shown: () => undefined,
      ending: () => undefined,
    })
  }

  answerDialog(method: string, answer: object): Promise<void> {
    this.#dialogAnswers.set(method, answer)
    return Promise.resolve()
  }
  async clickMenu(id: string): Promise<void> {
    await this.#rpc.ask('clickMenu', id)
  }
  async quit(): Promise<void> {
    await this.#rpc.ask('quit')
  }
  isRunning(): boolean {
    return this.#main.isRunning
  }
  windows(): readonly Page[] {
    return this.#context.pages()
  }

  #page(window: number): Page {
    const page = this.#pages.get(window)
    if (page === undefined) throw new Error(`There is no window ${window}.`)
    return page
  }

  async #openWindow({ window, preload, width, height }: WindowOptions): Promise<void> {
    // What a window asks for is answered below; what any other page asks for goes nowhere.
    await this.#context.route('**/*', (route) => route.abort('blockedbyclient'))
    await this.#context.exposeBinding(INVOKE, ({ frame, page }, channel: string, args: unknown[]) =>
      this.#rpc.askWhileThere('invoke', {
        window,
        isMainFrame: frame === page.mainFrame(),
        url: toMain(frame.url()),
        channel,
        args,
      }),
    )
    for (const [electrons, permission] of Object.entries(PERMISSIONS))
      if (await this.#rpc.ask('isPermitted', electrons)) await this.#context.grantPermissions([permission])
    const page = await this.#context.newPage()
    this.#pages.set(window, page)
    await page.route('**/*', (route) => this.#serve(route, { window, page }))
    await page.setViewportSize({ width, height })
    if (preload !== undefined) await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')))
    // What the page opens: Electron asks first, here it is taken away at once.
    page.on('popup', async (popup) => {
      if (!(await this.#rpc.askWhileThere('mayOpen', window, toMain(popup.url())))) await popup.close()
    })
  }

  /** Answers every request of a window's page; nothing reaches a network. */
  async #serve(route: Route, { window, page }: { window: number; page: Page }): Promise<void> {
    const request = route.request()
    const url = toMain(request.url())
    const navigates = request.isNavigationRequest() && request.frame() === page.mainFrame()
    if (navigates && !this.#loading.has(page) && !(await this.#rpc.askWhileThere('mayNavigate', window, url)))
      return route.abort('aborted')
    if (url === request.url()) return route.abort('blockedbyclient')
    const response = (await this.#rpc.askWhileThere('request', url, request.method())) as PageResponse | null
    if (response === null) return route.abort('failed')
    await route.fulfill({ ...response, body: Buffer.from(response.body) })
  }

  #answer(method: string, options: object): object {
    const answer = this.#dialogAnswers.get(method)
    if (answer === undefined) throw new Error(`No test has said what to answer: ${method} ${JSON.stringify(options)}`)
    this.#dialogAnswers.delete(method)
    return answer
  }
}

interface WindowOptions {
  readonly window: number
  readonly preload?: string
  readonly width: number
  readonly height: number
}
type Deliverable = { readonly [name: string]: ((channel: string, args: unknown[]) => void) | undefined }
