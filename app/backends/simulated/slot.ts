import type { Dice } from './dice.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import type { Member } from './members.ts'
import type { Quality } from './profiles.ts'
import type { Reading } from './reading.ts'
import { stem, wordsOf, wordsOfName } from './words.ts'

/** All that an answer is made from. */
export interface Material {
  readonly reading: Reading
  /** What the document lists; empty: it is one text. */
  readonly members: readonly Member[]
  readonly task: string
  readonly quality: Quality
  readonly dice: Dice
}

/** A place in the answer that wants a value: how the schema calls it and describes it. */
export interface Slot {
  /** From the root of the answer, for the dice. */
  readonly path: string
  /** The words of the property's name, `due_date` as `due date`; empty at the root. */
  readonly name: string
  readonly description: string
  readonly required: boolean
}

export const ROOT: Slot = { path: '', name: '', description: '', required: true }

export function childSlot(slot: Slot, key: string, child: { description: string; required: boolean }): Slot {
  return { path: `${slot.path}/${key}`, name: wordsOfName(key).join(' '), ...child }
}

/** What to look for in the text, for this place. */
export function evidenceForSlot(slot: Slot): Evidence {
  return evidenceOf(slot.name, slot.description)
}

export function nameStems(slot: Slot): ReadonlySet<string> {
  return new Set(wordsOf(slot.name).map(stem))
}

/** Whether the name says one of these words; the description is asked only where the name says nothing. */
export function isCalled(slot: Slot, words: RegExp): boolean {
  return words.test(slot.name === '' ? slot.description.toLowerCase() : slot.name)
}

/** What the text itself labels so; the label with the fewest other words wins. null: nothing is. */
export function factFor(slot: Slot, reading: Reading): string | null {
  const stems = [...nameStems(slot)]
  if (stems.length === 0) return null
  const fits = reading.facts
    .filter((fact) => fact.stems.length > 0 && stems.every((each) => fact.stems.includes(each)))
    .sort((a, b) => a.stems.length - b.stems.length)
  return fits[0]?.value ?? null
}
