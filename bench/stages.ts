import type { Measured } from './measure.ts'
import { median, runOnce, startProvider } from './rounds.ts'

/**
 * What stages that make many calls of one item, or one call of many items, cost and save, as ratios in one run:
 *   node bench/stages.ts [rounds]
 * All variants take turns, each in a fresh process; the median round counts. The provider answers in 20 ms.
 */
const IN_FLIGHT = 64
const MAP_CALLS = 30_000
const PACK_ITEMS = 5000
const rounds = Number(process.argv[2] ?? 3)

const provider = await startProvider(20, 'packs')
try {
  const [bare, mapped] = await alternate([
    ['bareLoop.ts', MAP_CALLS],
    ['jacquardRun.ts', MAP_CALLS, 'map'],
  ])
  if (bare !== undefined && mapped !== undefined)
    print(
      `a map of 100 elements for each of ${MAP_CALLS / 100} items: calls/s of the bare loop`,
      (bare.seconds / mapped.seconds).toFixed(3),
      `Jacquard ${rate(mapped)}/s, bare loop ${rate(bare)}/s`,
      `processor ${perItem(mapped)} of ${perItem(bare)} µs a call`,
    )
  const [single, packed] = await alternate([
    ['jacquardRun.ts', PACK_ITEMS, 'single'],
    ['jacquardRun.ts', PACK_ITEMS, 'pack'],
  ])
  if (single !== undefined && packed !== undefined)
    print(
      `packs of 10 for ${PACK_ITEMS} items: calls of those made one by one`,
      `${packed.calls} of ${single.calls}`,
      `${rate(packed)} items/s, one by one ${rate(single)}/s`,
      `processor ${perItem(packed)} of ${perItem(single)} µs an item`,
    )
} finally {
  provider.process.kill()
}

type Variant = readonly [script: string, items: number, shape?: string]

async function alternate(variants: readonly Variant[]): Promise<readonly Measured[]> {
  const measured = variants.map((): Measured[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, [script, items, shape = 'single']] of variants.entries())
      measured[index]?.push(await runOnce(script, [provider.url, items, IN_FLIGHT, shape]))
  return measured.map(median)
}

function rate({ items, seconds }: Measured): string {
  return (items / seconds).toFixed(0)
}

function perItem({ cpuMicros, items }: Measured): string {
  return (cpuMicros / items).toFixed(0)
}

function print(...cells: readonly string[]): void {
  process.stdout.write(`${cells.join(' | ')}\n`)
}
