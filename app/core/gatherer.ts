import type { GroupReason } from '../../shared/group.ts'
import type { Json } from '../../shared/json.ts'

/** What an item brings to a gather. Its value stays where it is stored: a group may have any number of members. */
export interface Member {
  readonly index: number
  /** Members of a group share it; null where the gather has no `key`. */
  readonly key: Json
  /** Of a `correlate`: where it comes from and what it is matched by; null: there is none. */
  readonly part: { readonly source: string | null; readonly by: Json } | null
}

export interface SealedGroup {
  readonly key: Json
  readonly reason: GroupReason
  /** In the order of joining; of a `correlate` whole by whole, each in the order of its sources. */
  readonly members: readonly number[]
}

export interface Released {
  readonly groups: readonly SealedGroup[]
  /** Members that found no partner. */
  readonly unmatched: readonly number[]
}

export interface GatherRules {
  readonly size: number | null
  readonly withinMs: number | null
  readonly correlate: { readonly of: readonly string[]; readonly withinMs: number | null } | null
}

interface OpenGroup {
  readonly key: Json
  readonly members: number[]
  entries: number
  readonly dueMs: number
}

interface Part {
  readonly index: number
  readonly key: Json
  readonly source: string
  readonly by: string
  readonly dueMs: number
}

const NOTHING: Released = { groups: [], unmatched: [] }
const NEVER = Number.POSITIVE_INFINITY

/**
 * Puts items together into groups. Time is told to it and never runs backwards: what is opened first is due first, so
 * that maps in the order of their filling are queues of what is due.
 */
export class Gatherer {
  readonly #rules: GatherRules
  readonly #size: number
  readonly #isEachWholeAGroup: boolean
  /** By the key's JSON. */
  readonly #open = new Map<string, OpenGroup>()
  /** Parts that wait for their partners, by index, oldest first. */
  readonly #parts = new Map<number, Part>()
  /** The same by what they are matched by and by source, oldest first. */
  readonly #partners = new Map<string, Map<string, Part[]>>()
  #waiting = 0

  constructor(rules: GatherRules) {
    this.#rules = rules
    this.#isEachWholeAGroup = isEachWholeAGroup(rules)
    this.#size = this.#isEachWholeAGroup ? 1 : (rules.size ?? NEVER)
  }

  /** Items that were joined and not released yet. */
  get waiting(): number {
    return this.#waiting
  }

  /** When `due` will next release something; null: never by itself. */
  get nextDueMs(): number | null {
    const [group] = this.#open.values()
    const [part] = this.#parts.values()
    const next = Math.min(group?.dueMs ?? NEVER, part?.dueMs ?? NEVER)
    return next === NEVER ? null : next
  }

  /** What is overdue when it comes is released before; what is due at this very moment takes it in first. */
  join(member: Member, nowMs: number): Released {
    const overdue = this.#release((dueMs) => dueMs < nowMs)
    this.#waiting++
    const joined = member.part === null ? this.#enter([member.index], member.key, nowMs) : this.#match(member, nowMs)
    if (overdue === NOTHING) return joined
    return {
      groups: [...overdue.groups, ...joined.groups],
      unmatched: [...overdue.unmatched, ...joined.unmatched],
    }
  }

  due(nowMs: number): Released {
    return this.#release((dueMs) => dueMs <= nowMs)
  }

  /** Nothing more can come: the rest. */
  end(): Released {
    const unmatched = [...this.#parts.keys()]
    const groups = [...this.#open.values()].map((group) => ({
      key: group.key,
      reason: 'end' as const,
      members: group.members,
    }))
    this.#parts.clear()
    this.#partners.clear()
    this.#open.clear()
    this.#waiting = 0
    return { groups, unmatched }
  }

  #match({ index, key, part }: Member, nowMs: number): Released {
    const { of, withinMs } = this.#rules.correlate ?? { of: [], withinMs: null }
    const source = part?.source ?? null
    if (source === null || part === null || part.by === null || !of.includes(source)) {
      this.#waiting--
      return { groups: [], unmatched: [index] }
    }
    const by = JSON.stringify(part.by)
    const bySource = this.#partners.get(by) ?? new Map<string, Part[]>()
    this.#partners.set(by, bySource)
    const queue = bySource.get(source) ?? []
    bySource.set(source, queue)
    const own = { index, key, source, by, dueMs: withinMs === null ? NEVER : nowMs + withinMs }
    queue.push(own)
    this.#parts.set(index, own)
    const whole = of.map((name) => bySource.get(name)?.[0]).filter((found) => found !== undefined)
    if (whole.length < of.length) return NOTHING
    for (const found of whole) this.#forget(found)
    const shared =
      this.#isEachWholeAGroup && this.#rules.size === null && key === null ? part.by : (whole[0]?.key ?? null)
    return this.#enter(
      whole.map((found) => found.index),
      shared,
      nowMs,
    )
  }

  /** One entry of a group: an item, or a whole of several. */
  #enter(members: readonly number[], key: Json, nowMs: number): Released {
    const text = JSON.stringify(key)
    const { withinMs } = this.#rules
    const group = this.#open.get(text) ?? {
      key,
      members: [],
      entries: 0,
      dueMs: withinMs === null ? NEVER : nowMs + withinMs,
    }
    group.members.push(...members)
    group.entries++
    if (group.entries < this.#size) {
      this.#open.set(text, group)
      return NOTHING
    }
    this.#open.delete(text)
    this.#waiting -= group.members.length
    return { groups: [{ key: group.key, reason: 'size', members: group.members }], unmatched: [] }
  }

  #release(isDue: (dueMs: number) => boolean): Released {
    const next = this.nextDueMs
    if (next === null || !isDue(next)) return NOTHING
    const unmatched: number[] = []
    for (const part of this.#parts.values()) {
      if (!isDue(part.dueMs)) break
      this.#forget(part)
      unmatched.push(part.index)
    }
    const groups: SealedGroup[] = []
    for (const [text, group] of this.#open) {
      if (!isDue(group.dueMs)) break
      this.#open.delete(text)
      this.#waiting -= group.members.length
      groups.push({ key: group.key, reason: 'within', members: group.members })
    }
    this.#waiting -= unmatched.length
    return { groups, unmatched }
  }

  /** A part is the oldest of its queue whenever it leaves: partners are taken, and time runs out, in that order. */
  #forget({ index, source, by }: Part): void {
    this.#parts.delete(index)
    const bySource = this.#partners.get(by)
    const queue = bySource?.get(source)
    queue?.shift()
    if (queue?.length === 0) bySource?.delete(source)
    if (bySource?.size === 0) this.#partners.delete(by)
  }
}

/** Without a size and a time, what belongs together is a group of its own. */
export function isEachWholeAGroup({ size, withinMs, correlate }: GatherRules): boolean {
  return correlate !== null && size === null && withinMs === null
}
