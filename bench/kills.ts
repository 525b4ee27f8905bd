import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Soak } from './soak.ts'
import { SOAK_CHAINS, type SoakChain, soakItems, soakSettings } from './soakChains.ts'
import { startSoakProvider } from './soakProvider.ts'

/**
 * A run of the command line that is killed with SIGKILL again and again at random moments, and resumed each time:
 *   node bench/kills.ts [--kills 100] [--items 2000] [--seed N]
 * After each kill the database and the provider's log are held against each other, and at the end the results against what
 * they must be. Fails with the first thing that is not as it should be. A seed repeats the plan of a soak, not its
 * timing.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string' }, items: { type: 'string' }, seed: { type: 'string' } },
})
const kills = Number(values.kills ?? 100)
const items = Number(values.items ?? 2000)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const random = randomFrom(seed)
const delays = randomFrom(seed + 1)

print(`${items} items, ${kills} kills each, --seed ${seed}`)
print('chain | kills | calls | needed | asked again | most at one kill | oldest answer lost | longest resume | seconds')
for (const chain of SOAK_CHAINS) print((await soak(chain)).join(' | '))

async function soak(chain: SoakChain): Promise<readonly (string | number)[]> {
  const provider = await startSoakProvider(() => 10 + delays() * 40)
  const workspace = await mkdtemp(join(tmpdir(), 'jacquard-kills-'))
  const startedAt = performance.now()
  try {
    await mkdir(join(workspace, 'results'))
    await writeFile(join(workspace, 'jacquard.yaml'), soakSettings(provider.origin))
    await writeFile(join(workspace, 'items.jsonl'), soakItems(items))
    await writeFile(join(workspace, 'soak.chain.yaml'), chain.text)
    const soaked = new Soak({ chain, items, provider, workspace, random })
    await soaked.killUntilDone(kills)
    await soaked.checkEnd()
    const { killed, askedAgain, mostAgain, oldestLostMs, longestResumeMs } = soaked
    return [
      chain.name,
      killed,
      soaked.calls,
      chain.answers(items),
      askedAgain,
      mostAgain,
      `${Math.round(oldestLostMs)} ms`,
      `${(longestResumeMs / 1000).toFixed(2)} s`,
      Math.round((performance.now() - startedAt) / 1000),
    ]
  } finally {
    provider.close()
    await rm(workspace, { recursive: true, maxRetries: 3 })
  }
}

/** Mulberry32. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
