import type { App } from '../index.ts'

/** Loads the engine and opens a workspace with it. Imported only when needed: `--help` must not wait for it. */
export async function openApp(options: {
  workspace: string
  host: 'cli' | 'browser'
  stateFolder?: string
}): Promise<App> {
  const { createApp } = await import('../index.ts')
  return createApp({ ...options, env: process.env })
}
