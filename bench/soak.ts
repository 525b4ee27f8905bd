import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SoakChain } from './soakChains.ts'
import { Life } from './soakLife.ts'
import type { SoakProvider } from './soakProvider.ts'
import { readSoakState, type SoakState } from './soakStore.ts'

const CONCURRENCY = 24
/** Longest an answer may have been on its way to disk when it was lost; DESIGN says 50, a busy machine may need more. */
const LATE_MS = 2000
/** Longest without an answer, start and end included. */
const STILL_MS = 60_000
/** Kills that fall upon the end of the run. */
const ENDS = 3

interface SoakParts {
  readonly chain: SoakChain
  readonly items: number
  readonly provider: SoakProvider
  readonly workspace: string
  /** 0 to 1. */
  readonly random: () => number
}

/** One run, killed again and again. Throws with the first thing that is not as it should be. */
export class Soak {
  killed = 0
  /** Requests until the run was complete. */
  calls = 0
  /** Tokens that were asked for again. */
  askedAgain = 0
  mostAgain = 0
  oldestLostMs = 0
  /** From the start of a process that resumes to its first request. */
  longestResumeMs = 0
  readonly #parts: SoakParts
  readonly #asked = new Set<string>()
  readonly #answeredAt = new Map<string, number>()
  /** Asked for and not answered on disk when the process was killed: these may be asked for again. */
  readonly #lost = new Set<string>()
  #seen = 0
  #stored: SoakState = { run: null, answered: new Set(), finished: new Set(), faults: [] }

  constructor(parts: SoakParts) {
    this.#parts = parts
  }

  /** Killed so often, with what is to be done spread over all lives; the last ones end with the run's own end. */
  async killUntilDone(kills: number): Promise<void> {
    while (this.killed < kills) {
      const life = new Life(this.#parts.workspace, this.#arguments())
      await this.#lead(life, kills - this.killed)
      const code = await life.ended
      await this.#check(life)
      if (code === 0) return
      // By a signal: SIGKILL, or SIGINT before anything could take note of it.
      if (code === null) this.killed++
      else if (code !== 130) fail(`The process ended by itself with ${code}: ${life.stderr}`)
    }
    const last = new Life(this.#parts.workspace, this.#arguments())
    await this.#untilAnswered(last, Number.POSITIVE_INFINITY)
    if ((await last.ended) !== 0) fail(`The run did not complete: ${last.stderr}`)
    await this.#check(last)
  }

  /** Everything is there once, in order; and the same work asked for anew makes no call. */
  async checkEnd(): Promise<void> {
    this.calls = this.#parts.provider.calls.length
    const lines = await this.#results()
    const expected = this.#parts.chain.outputs(this.#parts.items)
    if (lines?.length !== expected.length) fail(`${lines?.length} result lines, ${expected.length} were expected.`)
    for (const [index, output] of expected.entries()) {
      const line = lines[index]
      if (line?.status !== 'succeeded' || JSON.stringify(line.output) !== JSON.stringify(output))
        fail(`Result ${index} is ${JSON.stringify(line)}, not ${JSON.stringify(output)}.`)
    }
    if (this.#stored.answered.size !== this.#needed)
      fail(`${this.#stored.answered.size} answers are stored, ${this.#needed} are needed.`)
    await this.#checkSummary(this.#stored.run ?? '', { reused: false })
    await this.#checkSummary(null, { reused: true })
    if (this.#parts.provider.calls.length !== this.calls) fail('The same work a second time made calls.')
  }

  /** Answers without which the run is not complete. */
  get #needed(): number {
    const { chain, items } = this.#parts
    return chain.answers(items)
  }

  /** Where a run has been made already it goes on. */
  #arguments(): string[] {
    const { run } = this.#stored
    const resume = run === null ? ['--max-concurrent', String(CONCURRENCY)] : ['--resume', run]
    return ['run', 'soak.chain.yaml', '--quiet', '--json', ...resume]
  }

  /** Lets it do its share of the work and then kills it; now and then soon after it has begun, whatever it has done. */
  async #lead(life: Life, killsLeft: number): Promise<void> {
    const { provider, random } = this.#parts
    const callsBefore = provider.calls.length
    const left = this.#needed - this.#stored.answered.size
    const share = killsLeft <= ENDS ? left : (random() * 2 * left) / killsLeft
    const target = provider.answers + share
    if (random() < 0.15) await Promise.race([sleep(random() * 800), life.ended])
    else await this.#untilAnswered(life, target)
    await Promise.race([sleep(random() * 30), life.ended])
    // Some are asked to pause first, so that the kill falls into the writing of the results.
    if (random() < 0.25) {
      life.interrupt()
      await Promise.race([sleep(random() * 250), life.ended])
    }
    life.kill()
    const first = provider.calls[callsBefore]
    if (first !== undefined && this.#stored.run !== null)
      this.longestResumeMs = Math.max(this.longestResumeMs, first.arrivedAt - life.startedAt)
  }

  /** Until the provider has given so many answers, or the process has ended. */
  async #untilAnswered(life: Life, target: number): Promise<void> {
    const { provider } = this.#parts
    let last = { answers: provider.answers, at: performance.now() }
    while (provider.answers < target && life.endedAt === null) {
      await sleep(1)
      if (provider.answers > last.answers) last = { answers: provider.answers, at: performance.now() }
      if (performance.now() - last.at < STILL_MS) continue
      life.kill()
      fail(`The run stands still at ${provider.answers} of ${this.#needed} answers.`)
    }
  }

  /** What a life has left, against what was asked in it. */
  async #check(life: Life): Promise<void> {
    const endedAt = life.endedAt ?? 0
    this.#checkCalls()
    const state = await readSoakState(this.#parts.workspace)
    if (state.faults.length > 0) fail(state.faults.join('; '))
    for (const token of this.#stored.answered)
      if (!state.answered.has(token)) fail(`The answer to ${token} was on disk and is lost.`)
    for (const item of this.#stored.finished)
      if (!state.finished.has(item) && !item.endsWith(' gathered')) fail(`Item ${item} was finished and is lost.`)
    for (const token of this.#asked) {
      if (state.answered.has(token)) this.#lost.delete(token)
      else this.#lose(token, endedAt)
    }
    this.#stored = state
    const { items } = this.#parts
    const lines = await this.#results()
    const inLines = lines?.reduce((sum, { members }) => sum + (members?.length ?? 1), 0) ?? items
    if (inLines !== items) fail(`The results file holds ${inLines} of ${items} items. ${life.stderr}`)
  }

  /** Of what was asked since the last look nothing may have been on disk then, and only what was lost may be asked twice. */
  #checkCalls(): void {
    let again = 0
    const calls = this.#parts.provider.calls.slice(this.#seen)
    this.#seen = this.#parts.provider.calls.length
    for (const { tokens, answeredAt } of calls)
      for (const token of tokens) {
        if (this.#stored.answered.has(token)) fail(`${token} was asked for again, and its answer was on disk.`)
        if (this.#asked.has(token)) {
          if (!this.#lost.delete(token)) fail(`${token} was asked for twice, and was not in flight at a kill.`)
          again++
        }
        this.#asked.add(token)
        if (answeredAt === null) this.#answeredAt.delete(token)
        else this.#answeredAt.set(token, answeredAt)
      }
    this.askedAgain += again
    this.mostAgain = Math.max(this.mostAgain, again)
  }

  #lose(token: string, endedAt: number): void {
    if (this.#lost.has(token)) return
    this.#lost.add(token)
    const answeredAt = this.#answeredAt.get(token)
    if (answeredAt === undefined) return
    const lateMs = endedAt - answeredAt
    this.oldestLostMs = Math.max(this.oldestLostMs, lateMs)
    if (lateMs > LATE_MS) fail(`${token} was answered ${Math.round(lateMs)} ms before the kill and is not on disk.`)
  }

  /** null: there is no file. Fails where a line is not whole. */
  async #results(): Promise<readonly SoakLine[] | null> {
    const folder = join(this.#parts.workspace, 'results')
    if (!(await readdir(folder)).includes('results.jsonl')) return null
    const text = await readFile(join(folder, 'results.jsonl'), 'utf8')
    if (!text.endsWith('\n')) fail('The results file ends within a line.')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as SoakLine)
  }

  /** `run`: null launches the chain anew. */
  async #checkSummary(run: string | null, { reused }: { reused: boolean }): Promise<void> {
    const args = run === null ? ['run', 'soak.chain.yaml', '--quiet', '--json'] : ['show', run, '--json']
    const life = new Life(this.#parts.workspace, args)
    if ((await life.ended) !== 0) fail(`${run === null ? 'A second launch' : 'show'} failed: ${life.stderr}`)
    const { items } = this.#parts
    const told = JSON.parse(life.stdout) as SoakSummary
    const isWhole =
      told.status === 'completed' &&
      told.items === items &&
      told.succeeded === items &&
      told.failed + told.skipped + told.cancelled + told.waiting === 0
    const isPaidOnce = !reused || (told.calls === 0 && told.reused === this.#needed)
    if (!isWhole || !isPaidOnce) fail(`The run came to ${life.stdout}`)
  }
}

interface SoakLine {
  readonly status: string
  readonly output: unknown
  readonly members?: readonly number[]
}

type SoakSummary = Readonly<
  Record<'items' | 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'waiting' | 'calls' | 'reused', number>
> & { readonly status: string }

function fail(message: string): never {
  throw new Error(message)
}
