import type { App } from '../index.ts'
import { Refusal } from './refusal.ts'

/** Loads the engine and opens a workspace with it. Imported only when needed: `--help` must not wait for it. */
export async function openApp(options: {
  workspace: string
  host: 'cli' | 'browser'
  tiers?: readonly string[]
  stateFolder?: string
}): Promise<App> {
  const { createApp } = await import('../index.ts')
  try {
    return await createApp({ ...options, env: process.env })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(`${options.workspace} cannot be opened as a workspace: ${why}`, { cause: error })
  }
}
