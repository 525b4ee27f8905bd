import type { Json } from '../../../shared/json.ts'
import type { LaunchOptions } from '../../../shared/run.ts'
import type { RunChange, RunPreview } from '../../../shared/runChange.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ImageFiles } from '../../ports/imageFiles.ts'
import type { Models } from '../../ports/models.ts'
import type { RunStore } from '../../ports/runStore.ts'
import type { ItemSource, SourceEntry } from '../../ports/source.ts'
import { itemScope } from '../lanes/itemScope.ts'
import type { Memory } from '../model/memory.ts'
import { nextTurn } from './nextTurn.ts'
import { expectedCalls, PreviewCalls } from './previewCalls.ts'
import type { RunPlans } from './runPlans.ts'

/** What a preview may be asked of. */
export type Previewed =
  | { readonly kind: 'launch'; readonly text: string; readonly options: LaunchOptions }
  | {
      readonly kind: 'test'
      readonly text: string
      readonly key: string
      readonly item: Json
      readonly options: LaunchOptions
    }
  /** Items that are at hand, each as a test of its own. */
  | {
      readonly kind: 'items'
      readonly text: string
      readonly items: readonly { readonly key: string; readonly value: Json }[]
      readonly options: LaunchOptions
    }
  | { readonly kind: 'resume'; readonly run: string }
  | { readonly kind: 'change'; readonly run: string; readonly change: RunChange }

export interface PreviewParts {
  readonly plans: RunPlans
  readonly source: ItemSource
  readonly sourceFolder: string | null
  /** Only the first N items; null: all. */
  readonly limit: number | null
  /** Answers of other runs would be taken. */
  readonly memory: boolean
  readonly simulated: boolean
  /** It would not be worked on. */
  isDone(index: number): boolean
  /** Of each lane behind a gather: groups that are there and would be worked on. */
  readonly groups: readonly number[]
  /** The run that it is about; null: a new one. */
  readonly run: string | null
  readonly startedAt: number | null
}

interface Around {
  readonly memory: Memory
  readonly store: RunStore
  readonly clock: Clock
  readonly images: ImageFiles
  models(): Models
}

/** What is not worked out by then is taken to be like the rest. In milliseconds. */
const LONGEST_MS = 1200

/**
 * Goes through the items as a run would, with memory in place of calls: what it cannot answer would be a call. Stages that
 * build on such an answer are counted without being worked out.
 */
export async function previewRun(parts: PreviewParts, around: Around): Promise<RunPreview> {
  const { plans, source } = parts
  const { clock } = around
  const [lane] = plans.main.lanes
  if (lane === undefined) throw new Error('A plan has at least one lane.')
  const total = await totalOf(parts)
  const calls = new PreviewCalls(plans.modelStages(), {
    ...parts,
    ...around,
    models: around.models(),
    takesFromOthers: parts.memory,
    memory: around.memory,
  })
  const began = clock.elapsed()
  const stop = new AbortController()
  let looked = 0
  let seen = 0
  let isCut = false
  try {
    for await (const entries of source.entries(0, stop.signal)) {
      for (const entry of entries) {
        if (parts.limit !== null && entry.index >= parts.limit) break
        seen++
        if (parts.isDone(entry.index)) continue
        if (clock.elapsed() - began > LONGEST_MS) {
          isCut = true
          break
        }
        looked++
        await lookAt(entry, calls, parts)
        if (looked % 50 === 0) await nextTurn()
      }
      if (isCut || (parts.limit !== null && seen >= parts.limit)) break
    }
  } finally {
    stop.abort()
  }
  const items = total === null ? (source.grows ? null : looked) : isCut ? remaining(parts, total) : looked
  const share = isCut && looked > 0 && items !== null ? items / looked : 1
  const later = expectedCalls(plans.main.lanes.slice(1), { items: items ?? looked, waiting: parts.groups })
  return calls.sum({ items, share, isCut, later })
}

async function lookAt(entry: SourceEntry, calls: PreviewCalls, { plans, run, startedAt }: PreviewParts): Promise<void> {
  const read = await entry.load()
  if (!read.ok) return
  const { plan, params } = plans.of(0, entry.index)
  const around = { params, run: run ?? '', startedAt: startedAt ?? 0, total: null }
  const { index, source } = entry
  await calls.item(plan, itemScope(plan, { index, source, value: read.value, previous: null }, around), index)
}

async function totalOf({ source, limit }: PreviewParts): Promise<number | null> {
  if (source.grows) return null
  const total = await source.count(new AbortController().signal)
  return total === null ? null : Math.min(total, limit ?? total)
}

function remaining({ isDone }: PreviewParts, total: number): number {
  let left = 0
  for (let index = 0; index < total; index++) if (!isDone(index)) left++
  return left
}
