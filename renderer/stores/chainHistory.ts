/** The states of one chain file's text that undo and redo go through. Pure; chainStore keeps one a file. */
export interface ChainHistory {
  /** Older states, oldest first, each with what was done to it. */
  readonly past: readonly Step[]
  /** States that were undone, the next one to redo last. */
  readonly future: readonly Step[]
  /** What the last change was, for joining the next one to it; null: never join. */
  readonly last: { readonly mergeKey: string; readonly at: number } | null
}

interface Step {
  readonly text: string
  readonly label: string
}

export const NO_HISTORY: ChainHistory = { past: [], future: [], last: null }

/** Changes of one kind that follow each other within this time are one step: typing undoes by phrases, not letters. */
const MERGE_WITHIN_MS = 1_000
const MOST_STEPS = 300
/** Texts are kept whole; this many characters of them at the most (about twice that in bytes). */
const MOST_CHARACTERS = 20_000_000

export interface Change {
  /** The text before the change. */
  readonly before: string
  readonly label: string
  /** Two changes with the same key may become one step; null: always its own. */
  readonly mergeKey: string | null
  /** Unix milliseconds. */
  readonly at: number
}

export function recordChange(history: ChainHistory, { before, label, mergeKey, at }: Change): ChainHistory {
  const { last } = history
  const joins =
    last !== null && mergeKey === last.mergeKey && at - last.at <= MERGE_WITHIN_MS && history.past.length > 0
  return {
    past: joins ? history.past : bounded([...history.past, { text: before, label }]),
    future: [],
    last: mergeKey === null ? null : { mergeKey, at },
  }
}

interface Moved {
  readonly history: ChainHistory
  readonly text: string
  readonly label: string
}

/** null: there is nothing to undo. */
export function undoChange(history: ChainHistory, current: string): Moved | null {
  const step = history.past.at(-1)
  if (step === undefined) return null
  const future = [...history.future, { text: current, label: step.label }]
  return { history: { past: history.past.slice(0, -1), future, last: null }, text: step.text, label: step.label }
}

/** null: there is nothing to redo. */
export function redoChange(history: ChainHistory, current: string): Moved | null {
  const step = history.future.at(-1)
  if (step === undefined) return null
  const past = [...history.past, { text: current, label: step.label }]
  return { history: { past, future: history.future.slice(0, -1), last: null }, text: step.text, label: step.label }
}

function bounded(past: readonly Step[]): readonly Step[] {
  let first = Math.max(0, past.length - MOST_STEPS)
  let characters = past.slice(first).reduce((sum, step) => sum + step.text.length, 0)
  while (characters > MOST_CHARACTERS && first < past.length - 1) {
    characters -= past[first]?.text.length ?? 0
    first++
  }
  return past.slice(first)
}
