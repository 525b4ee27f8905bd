import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { baselineOf, type Evaluation } from '../../../shared/evaluations/evaluation.ts'
import { type Baseline, type Suite, suiteFileOf } from '../../../shared/evaluations/suite.ts'
import type { Tier } from '../../../shared/tier.ts'
import { AS_DRAWN, variantOfTier } from '../../../shared/variant.ts'
import type { App } from '../../index.ts'
import { ask } from '../ask.ts'
import { openChain, placeChain, problemLines } from '../chainFile.ts'
import { changesOf, evaluationJson, evaluationReport, type HeldEvaluation } from '../evaluationReport.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { inputsSource } from '../inputsSource.ts'
import { watchInterrupt } from '../interrupt.ts'
import { openApp } from '../openApp.ts'
import { paramOverrides } from '../overrides.ts'
import { Refusal } from '../refusal.ts'
import { refuseTiers } from '../refuseTiers.ts'
import { shownPath } from '../shownPath.ts'
import { colorsFor, note, print } from '../standardStreams.ts'

export interface EvalFlags {
  readonly suite?: string
  readonly tiers?: readonly string[]
  readonly baseline?: string
  readonly setGolden?: true
  readonly inputs?: string
  readonly param?: ReadonlyMap<string, string>
  /** commander's spelling of `--no-memory`: true unless it is given. */
  readonly memory?: boolean
  readonly json?: true
  readonly workspace?: string
}

export async function evaluate(given: string, flags: EvalFlags): Promise<ExitCode> {
  const { chain, text, file, workspace, warnings, shown } = await openChain(given, flags.workspace)
  const tiers = flags.tiers ?? [AS_DRAWN]
  if (flags.setGolden === true && tiers.length > 1)
    throw new Refusal('--set-golden keeps one evaluation: name one tier with it.')
  if (flags.setGolden === true && flags.suite !== undefined)
    throw new Refusal('--set-golden writes into the suite beside the chain: leave --suite out.')
  const params = flags.param === undefined ? {} : { params: paramOverrides(chain, flags.param) }
  const source = flags.inputs === undefined ? {} : { source: inputsSource(flags.inputs) }
  const suiteFile = flags.suite === undefined ? null : placeChain(flags.suite, workspace).file
  for (const line of problemLines(warnings, shown)) note(line)
  const app = await openApp({ workspace, host: 'cli', tiers })
  let going = ''
  const interrupt = watchInterrupt(() => void app.call('evaluations.stop', { id: going }))
  try {
    const known = await ask(app, 'tiers.list', {})
    refuseTiers(tiers, known)
    const suite = await readSuite(app, file, suiteFile)
    const before = await ask(app, 'evaluations.list', { file })
    const held: HeldEvaluation[] = []
    for (const tier of tiers) {
      const baseline = findBaseline(flags.baseline, { suite, before, suiteFile, variant: tier })
      going = randomUUID().slice(0, 8)
      const told = { text, file, suiteFile, memory: flags.memory !== false, variant: variantOfTier(tier) }
      const reply = await app.call('evaluations.run', { id: going, request: { ...told, ...params, ...source } })
      if (interrupt.hasCome()) return EXIT.interrupted
      if (!reply.ok) throw new Refusal(reply.error.message)
      held.push({ evaluation: reply.value, baseline, simulated: await isSimulated(app, reply.value, known) })
    }
    const [first] = held
    if (flags.setGolden === true && first !== undefined)
      await ask(app, 'evaluations.setGolden', { file, evaluation: first.evaluation.id })
    await print(`${shownText(held, flags.json === true)}\n`)
    if (flags.setGolden === true) note('It is the golden evaluation of the suite now.')
    const isRight = held.every((one) => one.evaluation.cases.every(({ passed }) => passed))
    return isRight && held.every((one) => changesOf(one).regressions.length === 0) ? EXIT.ok : EXIT.itemsFailed
  } finally {
    interrupt.end()
    await app.close()
  }
}

async function readSuite(app: App, file: string, suiteFile: string | null): Promise<Suite> {
  const reply = await app.call('evaluations.suite', { file, suiteFile })
  const shown = suiteFile ?? suiteFileOf(file)
  if (reply.ok && reply.value !== null) return reply.value.suite
  if (reply.ok)
    throw new Refusal(`There is no suite ${shown}: write one (docs/evaluations.md), or name one with --suite.`)
  const { message, problems } = reply.error
  const path = shownPath(resolve(app.workspace, shown), process.cwd())
  throw new Refusal(problems === undefined ? message : problemLines(problems, path).join('\n'))
}

interface Kept {
  readonly suite: Suite
  readonly before: readonly Evaluation[]
  readonly suiteFile: string | null
  readonly variant: string
}

/** What was said, else the golden one where the suite has it. null: nothing to hold against. */
function findBaseline(told: string | undefined, { suite, before, suiteFile, variant }: Kept): Baseline | null {
  if (told === undefined) return suite.golden ?? null
  if (told === 'golden') {
    if (suite.golden !== undefined) return suite.golden
    throw new Refusal('The suite has no golden evaluation: keep one with --set-golden.')
  }
  if (told === 'last') {
    const last = before.findLast((one) => one.variant === variant && one.suite === suiteFile)
    return last === undefined ? null : baselineOf(last)
  }
  const found = before.filter(({ id }) => id.startsWith(told))
  const [only] = found
  if (only === undefined)
    throw new Refusal(`There is no evaluation ${told} of this chain: take last, golden, or an id.`)
  if (found.length > 1)
    throw new Refusal(`Several evaluations begin with ${told}: ${found.map(({ id }) => id).join(', ')}.`)
  return baselineOf(only)
}

async function isSimulated(app: App, { cases }: Evaluation, tiers: readonly Tier[]): Promise<boolean> {
  const run = cases.find((one) => one.run !== '')?.run
  if (run === undefined || tiers.every(({ backend }) => backend !== 'simulated')) return false
  return (await ask(app, 'runs.get', { run })).summary.simulated
}

function shownText(held: readonly HeldEvaluation[], asJson: boolean): string {
  if (asJson) return JSON.stringify({ evaluations: held.map(evaluationJson) })
  const colors = colorsFor(process.stdout)
  return held.map((one) => evaluationReport(one, colors).join('\n')).join('\n\n')
}
