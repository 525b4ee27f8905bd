import type { Measured } from './measure.ts'
import { median, runOnce, startProvider } from './rounds.ts'

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
      bare.push(await runOnce('bareLoop.ts', [provider.url, items, IN_FLIGHT]))
      jacquard.push(await runOnce('jacquardRun.ts', [provider.url, items, IN_FLIGHT]))
    }
  } finally {
    provider.process.kill()
  }
  return { bare: median(bare), jacquard: median(jacquard) }
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
