import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Measured } from './measure.ts'

/**
 * The first three rows of DESIGN's budgets, as ratios in one run on one machine:
 *   node bench/engine.ts [rounds]
 * Jacquard and the bare loop take turns, each in a fresh process; the median round counts.
 */
const IN_FLIGHT = 64
const rounds = Number(process.argv[2] ?? 3)

const slow = await compare({ delayMs: 200, items: 3000 })
const fast = await compare({ delayMs: 20, items: 5000 })

const limit = IN_FLIGHT / 0.2
const rows = [
  [
    '3,000 items, provider answers in 200 ms: items/s of 320/s',
    ratio(slow.jacquard.items / slow.jacquard.seconds / limit),
    '≥ 0.98',
    rate(slow),
  ],
  [
    '5,000 items, provider answers in 20 ms: items/s of the bare loop',
    ratio(fast.bare.seconds / fast.jacquard.seconds),
    '≥ 0.90',
    rate(fast),
  ],
  [
    "the engine's own processor time per item",
    `${Math.round(perItem(fast.jacquard) - perItem(fast.bare))} µs`,
    '≤ 120 µs',
    `${Math.round(perItem(fast.jacquard))} of ${Math.round(perItem(fast.bare))} µs`,
  ],
]
for (const row of rows) process.stdout.write(`${row.join(' | ')}\n`)

interface Compared {
  readonly bare: Measured
  readonly jacquard: Measured
}

async function compare({ delayMs, items }: { delayMs: number; items: number }): Promise<Compared> {
  const provider = await startProvider(delayMs)
  const bare: Measured[] = []
  const jacquard: Measured[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      bare.push(await runOnce('bareLoop.ts', provider.url, items))
      jacquard.push(await runOnce('jacquardRun.ts', provider.url, items))
    }
  } finally {
    provider.process.kill()
  }
  return { bare: median(bare), jacquard: median(jacquard) }
}

async function startProvider(delayMs: number): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [path('provider.ts'), String(delayMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const port of createInterface({ input: child.stdout }))
    return { url: `http://127.0.0.1:${port}/v1`, process: child }
  throw new Error('The provider did not start.')
}

async function runOnce(script: string, url: string, items: number): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    path(script),
    url,
    String(items),
    String(IN_FLIGHT),
  ])
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured
}

function path(script: string): string {
  return new URL(script, import.meta.url).pathname
}

function median(rows: readonly Measured[]): Measured {
  const sorted = [...rows].sort((a, b) => a.seconds - b.seconds)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}

function perItem({ cpuMicros, items }: Measured): number {
  return cpuMicros / items
}

function rate({ bare, jacquard }: Compared): string {
  return `Jacquard ${(jacquard.items / jacquard.seconds).toFixed(0)}/s, bare loop ${(bare.items / bare.seconds).toFixed(0)}/s`
}

function ratio(value: number): string {
  return value.toFixed(3)
}
