import { extname, resolve } from 'node:path'
import type { Chain } from '../../shared/chain.ts'
import type { LaunchOptions } from '../../shared/run.ts'
import { inputsSource } from './inputsSource.ts'
import { paramOverrides, stageOverrides, tierOverrides } from './overrides.ts'
import { Refusal } from './refusal.ts'

/** The options of `jacquard run`, as commander gives them. */
export interface RunFlags {
  readonly inputs?: string
  readonly output?: string
  readonly maxConcurrent?: number | 'unbounded'
  readonly tier?: ReadonlyMap<string, string>
  readonly set?: ReadonlyMap<string, string>
  readonly param?: ReadonlyMap<string, string>
  readonly limit?: number
  readonly stopOnError?: true
  readonly budgetUsd?: number
  readonly unordered?: true
  /** commander's spelling of `--no-memory`: true unless it is given. */
  readonly memory?: boolean
  readonly canary?: number
  /** Of `--no-tripwires`. */
  readonly tripwires?: boolean
  readonly resume?: string
  readonly retryFailed?: string
  readonly quiet?: true
  readonly json?: true
  readonly workspace?: string
}

/** What the command line says of a launch, in the words of the API. */
export function launchOptions(flags: RunFlags, chain: Chain): LaunchOptions {
  if (flags.inputs === undefined && chain.source === undefined)
    throw new Refusal('The chain has no source: name the items with --inputs PATH, or give the chain a `source`.')
  return {
    ...(flags.inputs === undefined ? {} : { source: inputsSource(flags.inputs) }),
    ...(flags.param === undefined ? {} : { params: paramOverrides(chain, flags.param) }),
    ...(flags.tier === undefined ? {} : { tiers: tierOverrides(chain, flags.tier) }),
    ...(flags.set === undefined ? {} : { stages: stageOverrides(chain, flags.set) }),
    ...(flags.maxConcurrent === undefined ? {} : { concurrency: flags.maxConcurrent }),
    ...(flags.limit === undefined ? {} : { limit: flags.limit }),
    ...(flags.budgetUsd === undefined ? {} : { budgetUsd: flags.budgetUsd }),
    ...(flags.stopOnError === undefined ? {} : { stopOnError: true }),
    ...(flags.memory === false ? { memory: false } : {}),
    ...(flags.canary === undefined ? {} : { canary: flags.canary }),
    ...(flags.tripwires === false ? { tripwires: false } : {}),
    ...(flags.output === undefined ? {} : { output: outputFile(flags.output) }),
  }
}

/** An earlier run keeps what it was launched with: an option that would change that is refused, not passed over. */
export function refuseForEarlierRun(flags: RunFlags): void {
  if (flags.resume !== undefined && flags.retryFailed !== undefined)
    throw new Refusal('--resume and --retry-failed cannot go together: resume the run first, then retry what failed.')
  const isStreamed = flags.output === '-'
  const given = [
    ['--inputs', flags.inputs],
    ['--output', isStreamed ? undefined : flags.output],
    ['--tier', flags.tier],
    ['--set', flags.set],
    ['--param', flags.param],
    ['--limit', flags.limit],
    ['--stop-on-error', flags.stopOnError],
    ['--no-memory', flags.memory === false ? true : undefined],
    ['--canary', flags.canary],
    ['--no-tripwires', flags.tripwires === false ? true : undefined],
  ].flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (given.length > 0)
    throw new Refusal(`An earlier run keeps what it was launched with: leave out ${given.join(', ')}, or launch anew.`)
}

/** A file is written when all is known, so that it stands in input order; lines that are streamed may come as they finish. */
export function refuseUselessOrder({ output, unordered }: RunFlags): void {
  if (unordered === true && output !== '-')
    throw new Refusal('--unordered goes with --output -: a results file always stands in input order.')
}

/** null: no file, the lines are streamed. */
function outputFile(given: string): string | null {
  if (given === '-') return null
  const path = resolve(given)
  if (!['.jsonl', '.csv'].includes(extname(path).toLowerCase()))
    throw new Refusal(`--output ${given}: results are written as .jsonl or .csv; - streams lines to standard output.`)
  return path
}
