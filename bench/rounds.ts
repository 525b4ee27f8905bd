import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Measured } from './measure.ts'

/** Starts provider.ts as a process of its own. */
export async function startProvider(
  ...args: readonly (string | number)[]
): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [path('provider.ts'), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const port of createInterface({ input: child.stdout }))
    return { url: `http://127.0.0.1:${port}/v1`, process: child }
  throw new Error('The provider did not start.')
}

/** Runs one of this folder's measured scripts in a fresh process. */
export async function runOnce(script: string, args: readonly (string | number)[]): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    path(script),
    ...args.map(String),
  ])
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured
}

function path(script: string): string {
  return new URL(script, import.meta.url).pathname
}

/** The middle one by time. */
export function median(rows: readonly Measured[]): Measured {
  const sorted = rows.toSorted((a, b) => a.seconds - b.seconds)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}
