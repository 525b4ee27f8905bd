import type { ApiError } from '../../../shared/api.ts'
import { parseChain } from '../../../shared/chainDocument.ts'
import type { Json } from '../../../shared/json.ts'
import { onlyStage } from '../../../shared/onlyStage.ts'
import type { ItemError, LaunchOptions, PauseReason } from '../../../shared/run.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import type { Source } from '../../../shared/source.ts'
import type { TriedCell } from '../../../shared/triedCell.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import { type Variant, variantOptions } from '../../../shared/variant.ts'
import type { RunStore } from '../../ports/runStore.ts'
import { type ItemSource, SourceBroken } from '../../ports/source.ts'
import type { Outcome, RunManager } from '../run/runManager.ts'
import { addPreviews } from './addPreviews.ts'
import { type CellName, triedCell } from './triedCell.ts'

/** Which items are tried in which variants of a chain. */
export interface SampleRequest {
  readonly text: string
  readonly file: string | null
  /** In place of the chain's own. */
  readonly source?: Source
  readonly params?: Readonly<Record<string, Json>>
  readonly items: readonly {
    readonly index: number
    readonly key: string
    /** In place of what the source has there. With one for each item no source is needed. */
    readonly value?: Json
  }[]
  readonly variants: readonly Variant[]
  /** Only this stage and what it needs are run, and its output is the cell's; null: the whole chain. */
  readonly stage: string | null
  /** How often each is tried. Beyond the first time memory is not asked: the answers are to be other ones. */
  readonly repeats: number
  readonly memory: boolean
  /** Items at once. */
  readonly concurrency?: number
}

interface Around {
  readonly runs: RunManager
  readonly store: RunStore
  openSource(source: Source): Promise<ItemSource>
}

interface Trial {
  readonly name: CellName
  readonly text: string
  readonly item: ReadItem
  readonly options: LaunchOptions
}

type ReadItem = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string }

const DEFAULT_AT_ONCE = 8

/** Runs a few items in several variants of a chain, each as a run of kind `test`: answers are remembered as any others. */
export class SampleRuns {
  readonly #around: Around

  constructor(around: Around) {
    this.#around = around
  }

  /**
   * Gives every cell, in the order items × variants × repeats; `onCell` is called with each when it begins (`running`) and when
   * it is done. A cell that fails is a cell. As soon as `signal` aborts, no further cell begins, those that go on are cancelled,
   * and only what is done is given.
   */
  async try(
    request: SampleRequest,
    { signal, onCell }: { readonly signal: AbortSignal; onCell(cell: TriedCell): void },
  ): Promise<Outcome<readonly TriedCell[]>> {
    const trials = await this.#trials(request)
    if (!trials.ok) return trials
    const cells = new Map<Trial, TriedCell>()
    const waiting = trials.value[Symbol.iterator]()
    const work = async () => {
      for (const trial of waiting) {
        if (signal.aborted) return
        const cell = await this.#try(trial, request, { signal, onCell })
        if (cell !== null) cells.set(trial, cell)
      }
    }
    await Promise.all(Array.from({ length: request.concurrency ?? DEFAULT_AT_ONCE }, work))
    return { ok: true, value: trials.value.flatMap((trial) => cells.get(trial) ?? []) }
  }

  /** What all of it would ask for; what two variants share is counted once for each. */
  async preview(request: SampleRequest): Promise<Outcome<RunPreview>> {
    const trials = await this.#trials(request)
    if (!trials.ok) return trials
    let total: RunPreview | null = null
    for (const alike of alikeTrials(trials.value)) {
      const [{ text, options }] = alike
      // Of what cannot be read nothing is asked.
      const items = alike.flatMap(({ name, item }) => (item.ok ? [{ key: name.item.key, value: item.value }] : []))
      if (items.length === 0) continue
      const preview = await this.#around.runs.preview({ kind: 'items', text, items, options })
      if (!preview.ok) return preview
      total = total === null ? preview.value : addPreviews(total, preview.value)
    }
    return total === null ? refuse('invalid', 'The sample has no items that can be read.') : { ok: true, value: total }
  }

  async #trials({ items, variants, stage, ...request }: SampleRequest): Promise<Outcome<readonly Trial[]>> {
    const versions: { variant: Variant; text: string; options: LaunchOptions }[] = []
    for (const variant of variants) {
      const whole = variant.text ?? request.text
      const text = stage === null ? whole : onlyStage(whole, stage)
      const { chain } = parseChain(text ?? '')
      if (text === null || chain === null)
        return refuse(
          'invalid',
          stage === null
            ? `${variant.name}: the chain cannot be read.`
            : `${variant.name}: the chain has no stage ${stage}.`,
        )
      versions.push({ variant, text, options: { ...given(request), ...variantOptions(variant, chain) } })
    }
    const values = await this.#values(items, request.source ?? parseChain(request.text).chain?.source)
    if (!values.ok) return values
    return {
      ok: true,
      value: items.flatMap((item, at) =>
        versions.flatMap(({ variant, text, options }) =>
          Array.from({ length: request.repeats }, (_, repeat) => ({
            name: { item: { index: item.index, key: item.key }, variant: variant.name, repeat, run: '' },
            text,
            item: values.value[at] ?? { ok: true, value: null },
            options: { ...options, memory: request.memory && repeat === 0 },
          })),
        ),
      ),
    }
  }

  async #values(items: SampleRequest['items'], source: Source | undefined): Promise<Outcome<readonly ReadItem[]>> {
    const given = items.flatMap(({ value }): ReadItem[] => (value === undefined ? [] : [{ ok: true, value }]))
    if (given.length === items.length) return { ok: true, value: given }
    if (source === undefined) return refuse('invalid', 'The chain has no source. Choose a folder or a file.')
    return this.#read(source, items)
  }

  /** In the order of `items`; one that is not there any more fails them all, with its key. */
  async #read(source: Source, items: SampleRequest['items']): Promise<Outcome<readonly ReadItem[]>> {
    try {
      const opened = await this.#around.openSource(source)
      opened.finish()
      const values = new Map<number, ReadItem>()
      const last = Math.max(-1, ...items.map(({ index }) => index))
      const wanted = new Set(items.map(({ index }) => index))
      const stop = new AbortController()
      try {
        for await (const entries of opened.entries(0, stop.signal)) {
          for (const entry of entries.filter(({ index }) => wanted.has(index))) {
            const read = await entry.load()
            values.set(entry.index, read.ok ? read : { ok: false, message: read.failure.message })
          }
          if ((entries.at(-1)?.index ?? 0) >= last) break
        }
      } finally {
        stop.abort()
        await opened.close()
      }
      const missing = items.find(({ index }) => !values.has(index))
      if (missing !== undefined) return refuse('not_found', `The source has no item ${missing.key} any more.`)
      const found = ({ index, value }: SampleRequest['items'][number]): ReadItem =>
        value === undefined ? (values.get(index) ?? { ok: true, value: null }) : { ok: true, value }
      return { ok: true, value: items.map(found) }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    }
  }

  async #try(
    { name, text, item: read, options }: Trial,
    { file }: SampleRequest,
    { signal, onCell }: { readonly signal: AbortSignal; onCell(cell: TriedCell): void },
  ): Promise<TriedCell | null> {
    const { runs } = this.#around
    if (!read.ok) {
      const error: ItemError = { stage: null, kind: 'source', message: read.message }
      const cell = { ...blank(name), error }
      onCell(cell)
      return cell
    }
    const started = await runs.test({ text, file, key: name.item.key, item: read.value, options })
    if (!started.ok) {
      const cell = notStarted(name, started.error)
      onCell(cell)
      return cell
    }
    const { run } = started.value
    const live = runs.live(run)
    const cancel = () => live?.cancel()
    signal.addEventListener('abort', cancel)
    onCell({ ...blank({ ...name, run }), status: 'running' })
    await live?.finished()
    signal.removeEventListener('abort', cancel)
    if (signal.aborted) return null
    const cell = this.#cellOf({ ...name, run })
    onCell(cell)
    return cell
  }

  #cellOf(name: CellName): TriedCell {
    const { store } = this.#around
    const stored = store.run(name.run)
    const lanes = stored?.lanes.length ?? 1
    const attempts = Array.from({ length: lanes }, (_, lane) => store.attempts(name.run, lane, 0)).flat()
    // The item's fate is that of its group, as far as it came.
    const records = Array.from({ length: lanes }, (_, lane) => store.itemsAt(name.run, lane, [0])[0] ?? null)
    const cell = triedCell(name, { record: records.findLast((record) => record !== null) ?? null, attempts })
    const isPaused = cell.status === 'failed' && cell.error === null && stored?.state.status === 'paused'
    return isPaused ? { ...cell, error: pauseError(stored.state.reason) } : cell
  }
}

/** Those of one variant that may take the same from memory: the chain is planned once for all of them. */
function alikeTrials(trials: readonly Trial[]): readonly (readonly [Trial, ...Trial[]])[] {
  const groups = new Map<string, [Trial, ...Trial[]]>()
  for (const trial of trials) {
    const name = `${trial.name.repeat} ${trial.name.variant}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [trial])
    else group.push(trial)
  }
  return [...groups.values()]
}

/** A run that stands still has no result: what it waits for is why. */
function pauseError({ kind, message }: PauseReason): ItemError {
  const kinds: { readonly [pause in PauseReason['kind']]?: ItemError['kind'] } = {
    auth: 'auth',
    backend: 'provider',
    budget: 'budget',
    dayBudget: 'budget',
  }
  return { stage: null, kind: kinds[kind] ?? 'internal', message }
}

function blank(name: CellName): TriedCell {
  return {
    ...name,
    status: 'failed',
    output: null,
    error: null,
    latencyMs: 0,
    usage: NO_USAGE,
    costMicros: 0,
    remembered: false,
    attempts: 0,
    isValid: false,
    stages: {},
  }
}

function notStarted(name: CellName, { message, problems }: ApiError): TriedCell {
  const told =
    problems === undefined || problems.length === 0 ? message : problems.map((problem) => problem.message).join(' ')
  return { ...blank(name), error: { stage: null, kind: 'invalid_input', message: told } }
}

function given({ source, params }: Pick<SampleRequest, 'source' | 'params'>): LaunchOptions {
  return { ...(source !== undefined && { source }), ...(params !== undefined && { params }) }
}

function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
