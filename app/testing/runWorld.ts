import { type App, createApp } from '../index.ts'
import { type Provider, type ProviderAnswer, type ProviderCall, startProvider } from './provider.ts'
import { aWorkspace, type TestWorkspace, threeTiers } from './workspace.ts'

export interface World {
  readonly provider: Provider
  readonly workspace: TestWorkspace
}

/** Workspaces, providers and apps of one test file; closed together after each test. */
export class RunWorlds {
  readonly #opened: { close(): Promise<void> }[] = []

  /** A workspace with three tiers that a provider on this machine answers. */
  async world(files: Record<string, string>, answer?: (call: ProviderCall) => ProviderAnswer): Promise<World> {
    const provider = await startProvider(answer)
    const workspace = await aWorkspace({ 'jacquard.yaml': threeTiers(provider.origin), ...files })
    this.#opened.push({ close: () => workspace.remove() }, provider)
    return { provider, workspace }
  }

  async app(workspace: TestWorkspace): Promise<App> {
    const app = await createApp({ workspace: workspace.folder, host: 'cli', env: { TEST_KEY: 'k' } })
    this.#opened.push(app)
    return app
  }

  /** As when the program ends in the middle of a test. */
  async closeNow(part: { close(): Promise<void> }): Promise<void> {
    this.#opened.splice(this.#opened.indexOf(part), 1)
    await part.close()
  }

  /** Closed with the rest. */
  add(part: { close(): Promise<void> }): void {
    this.#opened.push(part)
  }

  async close(): Promise<void> {
    for (const part of this.#opened.splice(0).reverse()) await part.close()
  }
}
