import type { ApiError } from '../../../shared/api.ts'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { JudgedPair, JudgeRequest } from '../../../shared/judging/judgeRequest.ts'
import type { Vote, Winner } from '../../../shared/judging/vote.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import type { TriedCell } from '../../../shared/triedCell.ts'
import { AS_DRAWN } from '../../../shared/variant.ts'
import type { RunStore } from '../../ports/runStore.ts'
import type { Outcome } from '../run/runManager.ts'
import type { SampleRequest, SampleRuns } from '../sample/sampleRuns.ts'
import { type JudgedItem, judgeChain, type Verdict } from './judgeChain.ts'

interface Around {
  readonly sampleRuns: Pick<SampleRuns, 'try' | 'preview'>
  readonly store: Pick<RunStore, 'run'>
}

/** What a model said about pairs. */
export interface JudgedPairs {
  readonly votes: readonly Vote[]
  /** Pairs on which it gave no verdict. */
  readonly unjudged: number
  /** What it said about the first of them went wrong; null: all were judged. */
  readonly problem: string | null
}

/** A model that judges pairs of outputs, each in both orders: what it says of one order only is no verdict. */
export class Judge {
  readonly #around: Around

  constructor(around: Around) {
    this.#around = around
  }

  /** What it would ask for. */
  preview(request: JudgeRequest): Promise<Outcome<RunPreview>> {
    return this.#around.sampleRuns.preview(this.#sampleRequest(request))
  }

  /** As soon as `signal` aborts only what was judged by then is given. */
  async judge(
    request: JudgeRequest,
    { signal, onAnswer }: { readonly signal: AbortSignal; onAnswer(done: number): void },
  ): Promise<Outcome<JudgedPairs>> {
    let done = 0
    const tried = await this.#around.sampleRuns.try(this.#sampleRequest(request), {
      signal,
      onCell: ({ status }) => status !== 'running' && onAnswer(++done),
    })
    if (!tried.ok) return tried
    const cells = new Map(tried.value.map((cell) => [cell.item.index, cell]))
    const votes = request.pairs.flatMap((pair, at) => voteOf(pair, request, [cells.get(2 * at), cells.get(2 * at + 1)]))
    const failed = tried.value.find((cell) => readVerdict(cell) === null)
    if (votes.length === 0 && failed !== undefined && !signal.aborted)
      return refuse('not_possible', `The judge gave no verdict. ${whyNot(failed)}`)
    const problem = failed === undefined ? null : whyNot(failed)
    return { ok: true, value: { votes, unjudged: request.pairs.length - votes.length, problem } }
  }

  #sampleRequest({ tier, criteria, pairs }: JudgeRequest): SampleRequest {
    const items = pairs.flatMap(({ item: key, leftOutput, rightOutput, run }, at) => {
      const item = this.#around.store.run(run)?.testItem?.value ?? null
      const inOrder = (first: Json, second: Json): Json => {
        const shown: JudgedItem = { criteria, item, first, second }
        return { ...shown }
      }
      return [
        { index: 2 * at, key, value: inOrder(leftOutput, rightOutput) },
        { index: 2 * at + 1, key, value: inOrder(rightOutput, leftOutput) },
      ]
    })
    const variants = [{ name: AS_DRAWN }]
    return { text: judgeChain(tier), file: null, items, variants, stage: null, repeats: 1, memory: true }
  }
}

/** Empty where one of the two orders has no answer. */
function voteOf(
  { pair, item, left, right }: JudgedPair,
  { stage, tier, criteria }: JudgeRequest,
  [asShown, swapped]: readonly [TriedCell | undefined, TriedCell | undefined],
): readonly Vote[] {
  const [once, again] = [readVerdict(asShown), readVerdict(swapped)]
  if (once === null || again === null) return []
  const winner = winnerOf(once.better, again.better)
  const why =
    winner === 'tie' && (once.better !== 'neither' || again.better !== 'neither')
      ? `Split: it said ${once.better} in one order and ${again.better} in the other.`
      : once.why
  return [{ pair, item, stage, left, right, winner, judge: tier, why, criteria }]
}

/** The second order is the other way round: its first answer is the right one. */
function winnerOf(once: Verdict, again: Verdict): Winner {
  if (once === 'first' && again === 'second') return 'left'
  if (once === 'second' && again === 'first') return 'right'
  return 'tie'
}

function readVerdict(cell: TriedCell | undefined): { readonly better: Verdict; readonly why: string } | null {
  if (cell?.status !== 'succeeded' || !isJsonObject(cell.output)) return null
  const { better, why } = cell.output
  if (better !== 'first' && better !== 'second' && better !== 'neither') return null
  return { better, why: typeof why === 'string' ? why : '' }
}

function whyNot({ error }: TriedCell): string {
  return error?.message ?? 'It got no answer: a budget, a key or a backend stood in its way.'
}

function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
