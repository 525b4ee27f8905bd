import { MICROS_PER_USD } from '../../../shared/format.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { isJsonObject } from '../../../shared/json.ts'
import type { ItemStatus } from '../../../shared/run.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { ItemRecord } from '../../ports/runStore.ts'
import { skipReason } from './skipReason.ts'
import { readStored } from './storedJson.ts'

/** An item of a run that has no result: it waits, or the run was cancelled before its turn. */
export interface UndoneItem {
  readonly index: number
  readonly key: string
  readonly status: Extract<ItemStatus, 'waiting' | 'cancelled'>
}

/** What a line stands for. */
export interface ResultEntry {
  readonly item: ItemRecord | UndoneItem
  /** Of a group, the indexes of the source's items in it; of an item of a chain that gathers, none. null: the chain does not gather. */
  readonly members: readonly number[] | null
  /** Of a chain that gathers. */
  readonly lane: number
}

export function isUndone(item: ItemRecord | UndoneItem): item is UndoneItem {
  return item.status === 'waiting' || item.status === 'cancelled'
}

const NOTHING = `"output":null,"error":null,"usage":${JSON.stringify(NO_USAGE)},"costUsd":0,"latencyMs":0,"stages":{}`

/** One line of results.jsonl (shared/trace.ts `ResultLine`) with its newline. Stored JSON is passed on as it is. */
export function resultLine({ item, members, lane }: ResultEntry): string {
  const gathered = members === null ? '' : `"lane":${lane},${lane === 0 ? '' : `"members":${JSON.stringify(members)},`}`
  const start = `{"index":${item.index},${gathered}"key":${JSON.stringify(item.key)},"status":"${item.status}"`
  if (isUndone(item)) return `${start},${NOTHING}}\n`
  const { outputJson, error, usage, costMicros, savedMicros, latencyMs, revision, stagesJson } = item
  const saved = savedMicros === 0 ? '' : `,"savedUsd":${savedMicros / MICROS_PER_USD}`
  const by = revision === 0 ? '' : `,"revision":${revision}`
  const cost = `"costUsd":${costMicros / MICROS_PER_USD}${saved}`
  const sums = `"usage":${JSON.stringify(usage)},${cost},"latencyMs":${Math.round(latencyMs)}${by}`
  return `${start},"output":${outputJson},"error":${JSON.stringify(error)},${sums},"stages":${stagesJson}}\n`
}

/**
 * Columns of a run's table that its items decide: the fields of their outputs, or `output` where they are not objects;
 * `reason` where any was skipped and says why.
 */
export class OutputColumns {
  readonly #names = new Set<string>()
  readonly #first: readonly string[]
  #hasReasons = false

  constructor(isGathering: boolean) {
    this.#first = isGathering ? ['index', 'lane', 'members', 'key', 'status'] : ['index', 'key', 'status']
  }

  see(item: ItemRecord): void {
    if (item.status === 'failed') return
    this.#hasReasons ||= skipReason(item) !== null
    const output = readStored(item.outputJson)
    if (isJsonObject(output)) for (const name of Object.keys(output)) this.#names.add(name)
    else if (output !== null) this.#names.add('')
  }

  /** The first row. */
  header(): readonly string[] {
    return [...this.#first, ...this.#titles(), ...this.#last()]
  }

  row({ item, members, lane }: ResultEntry): readonly string[] {
    const names = [...this.#names]
    const gathered = members === null ? [] : [String(lane), lane === 0 ? '' : JSON.stringify(members)]
    const first = [String(item.index), ...gathered, cell(item.key), item.status]
    if (isUndone(item)) return [...first, ...names.map(() => ''), ...this.#reason(''), '', '', '', '', '0', '0', '0']
    const output = readStored(item.outputJson)
    const values = names.map((name) =>
      name === '' ? (isJsonObject(output) ? '' : cell(output)) : cell(isJsonObject(output) ? output[name] : undefined),
    )
    const { error, usage, costMicros, latencyMs } = item
    const errors = [error?.stage ?? '', error?.kind ?? '', cell(error?.message)]
    const sums = [usage.inputTokens, usage.outputTokens, costMicros / MICROS_PER_USD, Math.round(latencyMs)].map(String)
    return [...first, ...values, ...this.#reason(cell(skipReason(item))), ...errors, ...sums]
  }

  #reason(text: string): string[] {
    return this.#hasReasons ? [text] : []
  }

  #last(): readonly string[] {
    return this.#hasReasons ? ['reason', ...LAST] : LAST
  }

  /** A field that is named like a column of ours is told apart. */
  #titles(): string[] {
    const ours = [...this.#first, ...this.#last()]
    return [...this.#names].map((name) => {
      const title = name === '' ? 'output' : name
      return ours.includes(title) ? `output.${title}` : title
    })
  }
}

const LAST = ['error_stage', 'error_kind', 'error_message', 'input_tokens', 'output_tokens', 'cost_usd', 'latency_ms']

function cell(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return JSON.stringify(value satisfies JsonObject | readonly Json[])
  if (typeof value !== 'string') return String(value)
  // A spreadsheet would run text that begins like a formula; an apostrophe makes it text again.
  return /^[=+@\t\r]/.test(value) || /^-(?!\d)/.test(value) ? `'${value}` : value
}
