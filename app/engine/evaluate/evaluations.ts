import type { ApiError } from '../../../shared/api.ts'
import { parseChain } from '../../../shared/chainDocument.ts'
import type { EvaluatedCase, Evaluation } from '../../../shared/evaluations/evaluation.ts'
import { caseName, type Suite, type SuiteCase } from '../../../shared/evaluations/suite.ts'
import type { Json } from '../../../shared/json.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import type { Source } from '../../../shared/source.ts'
import { allStages } from '../../../shared/stageTree.ts'
import type { TriedCell } from '../../../shared/triedCell.ts'
import type { Variant } from '../../../shared/variant.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Fingerprint } from '../../ports/fingerprint.ts'
import type { RecordStore } from '../../ports/recordStore.ts'
import { type ItemSource, SourceBroken } from '../../ports/source.ts'
import type { Outcome } from '../run/runManager.ts'
import { addPreviews } from '../sample/addPreviews.ts'
import type { SampleRequest, SampleRuns } from '../sample/sampleRuns.ts'
import { judgeCase } from './judgeCase.ts'
import { type CaseItem, readCaseItems } from './readCaseItems.ts'

/** A suite that one variant of a chain is to go through. */
export interface EvaluationRequest {
  readonly id: string
  readonly text: string
  /** The chain's; null: it was never saved, and nothing is kept. */
  readonly file: string | null
  readonly suite: Suite
  /** Where the suite stands, where that is not beside the chain. */
  readonly suiteFile: string | null
  /** In place of the chain's own. */
  readonly source?: Source | undefined
  readonly params?: Readonly<Record<string, Json>> | undefined
  readonly variant: Variant
  readonly memory: boolean
}

interface Around {
  readonly sampleRuns: Pick<SampleRuns, 'try' | 'preview'>
  readonly records: RecordStore
  readonly clock: Clock
  readonly fingerprint: Fingerprint
  openSource(source: Source): Promise<ItemSource>
}

interface ReadyCase {
  readonly index: number
  readonly name: string
  readonly told: SuiteCase
  readonly item: CaseItem
}

/** So many of a chain are kept. */
const MOST_KEPT = 200

/** Evaluates chains by suites of cases, and keeps what came of it. */
export class Evaluations {
  readonly #around: Around

  constructor(around: Around) {
    this.#around = around
  }

  /** What it would ask for. */
  async preview(request: EvaluationRequest): Promise<Outcome<RunPreview>> {
    const ready = await this.#ready(request)
    if (!ready.ok) return ready
    const previews: RunPreview[] = []
    for (const [stage, cases] of byStage(ready.value)) {
      const preview = await this.#around.sampleRuns.preview(sampleRequest(request, stage, cases))
      if (!preview.ok) return preview
      previews.push(preview.value)
    }
    const [first, ...others] = previews
    if (first === undefined) return refuse('invalid', 'None of the cases has an item that can be read.')
    return { ok: true, value: others.reduce(addPreviews, first) }
  }

  /** Every case, in the order of the suite. As soon as `signal` aborts it is given up, and nothing of it is kept. */
  async run(
    request: EvaluationRequest,
    { signal, onCase }: { readonly signal: AbortSignal; onCase(done: number): void },
  ): Promise<Outcome<Evaluation>> {
    const ready = await this.#ready(request)
    if (!ready.ok) return ready
    const judged = new Map<number, EvaluatedCase>()
    let done = 0
    for (const { index, name, told, item } of ready.value)
      if (!item.ok) judged.set(index, unread(name, told, item.message))
    for (const [stage, cases] of byStage(ready.value)) {
      const tried = await this.#around.sampleRuns.try(sampleRequest(request, stage, cases), {
        signal,
        onCell: ({ status }) => status !== 'running' && onCase(++done),
      })
      if (!tried.ok) return tried
      for (const cell of tried.value) {
        const one = cases.find(({ index }) => index === cell.item.index)
        if (one !== undefined) judged.set(one.index, await evaluated(one, cell, request.suite))
      }
    }
    if (signal.aborted) return refuse('not_possible', 'The evaluation was stopped. Its answers are kept in memory.')
    const { id, text, file, suiteFile, variant } = request
    const made: Evaluation = {
      id,
      at: this.#around.clock.now(),
      suite: suiteFile,
      variant: variant.name,
      chainVersion: this.#around.fingerprint(variant.text ?? text),
      cases: [...judged].sort(([a], [b]) => a - b).map(([, one]) => one),
    }
    this.#keep(file, made)
    return { ok: true, value: made }
  }

  /** Oldest first. */
  list(file: string): readonly Evaluation[] {
    return this.#around.records.list('evaluation', file).map(({ body }) => body as unknown as Evaluation)
  }

  #keep(file: string | null, made: Evaluation): void {
    const { records } = this.#around
    if (file === null) return
    records.put('evaluation', file, { id: made.id, body: made as unknown as Json })
    for (const { id } of records.list('evaluation', file).slice(0, -MOST_KEPT)) records.remove('evaluation', file, id)
  }

  async #ready({ text, suite, source, variant }: EvaluationRequest): Promise<Outcome<readonly ReadyCase[]>> {
    const { chain } = parseChain(variant.text ?? text)
    if (chain === null) return refuse('invalid', 'The chain cannot be read: set it right before it is evaluated.')
    if (suite.cases.length === 0) return refuse('invalid', 'The suite has no cases yet: add one.')
    const stages = allStages(chain).map(({ id }) => id)
    for (const [index, { stage, ...one }] of suite.cases.entries())
      if (stage !== undefined && !stages.includes(stage))
        return refuse(
          'invalid',
          `The case ${caseName({ ...one, stage }, index)} is of the stage \`${stage}\`, which the chain does not have. It has: ${stages.join(', ')}.`,
        )
    const keys = new Set(suite.cases.flatMap(({ item }) => (item === undefined ? [] : [String(item)])))
    const from = source ?? chain.source
    if (keys.size > 0 && from === undefined)
      return refuse('invalid', 'The chain has no source, so that its cases need a `value` in place of `item`.')
    try {
      const items = await readCaseItems(keys, from === undefined ? null : () => this.#around.openSource(from))
      const ready = suite.cases.map((told, index): ReadyCase => {
        return { index, name: caseName(told, index), told, item: itemOf(told, items) }
      })
      return { ok: true, value: ready }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    }
  }
}

function itemOf({ item, value }: SuiteCase, items: ReadonlyMap<string, CaseItem>): CaseItem {
  if (item === undefined) return { ok: true, value: value ?? null }
  return items.get(String(item)) ?? { ok: false, message: `The source has no item ${item}.` }
}

/** Those whose item is there. null: of the whole chain. */
function byStage(cases: readonly ReadyCase[]): ReadonlyMap<string | null, readonly ReadyCase[]> {
  const groups = new Map<string | null, ReadyCase[]>()
  for (const one of cases.filter(({ item }) => item.ok)) {
    const stage = one.told.stage ?? null
    groups.set(stage, [...(groups.get(stage) ?? []), one])
  }
  return groups
}

function sampleRequest(
  { text, file, source, params, variant, memory }: EvaluationRequest,
  stage: string | null,
  cases: readonly ReadyCase[],
): SampleRequest {
  return {
    text,
    file,
    ...(source !== undefined && { source }),
    ...(params !== undefined && { params }),
    items: cases.map(({ index, name, told, item }) => ({
      index,
      key: told.item === undefined ? name : String(told.item),
      value: item.ok ? item.value : null,
    })),
    variants: [variant],
    stage,
    repeats: 1,
    memory,
  }
}

async function evaluated({ name, told, item }: ReadyCase, cell: TriedCell, suite: Suite): Promise<EvaluatedCase> {
  const { status, output, error, run, latencyMs, costMicros } = cell
  const common = { ...named(name, told), run, latencyMs, costMicros }
  if (status === 'failed' || status === 'running') {
    const place = error?.stage == null ? '' : `${error.stage}: `
    const why = error?.message ?? 'It got no answer: a budget, a key or a backend stood in its way.'
    return { ...common, passed: false, score: 0, reasons: [`${place}${why}`] }
  }
  const { passed, score, reasons } = await judgeCase(output, told, { suite, item: item.ok ? item.value : null })
  return { ...common, passed, score, reasons: [...reasons] }
}

function unread(name: string, told: SuiteCase, message: string): EvaluatedCase {
  return { ...named(name, told), passed: false, score: 0, reasons: [message], run: '', latencyMs: 0, costMicros: 0 }
}

function named(name: string, { item, stage }: SuiteCase): Pick<EvaluatedCase, 'name' | 'item' | 'stage'> {
  return { name, item: item === undefined ? null : String(item), stage: stage ?? null }
}

function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
