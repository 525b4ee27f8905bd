import { useChainStore } from '../../../stores/chainStore.ts'
import { type Draft, readDraft } from './chainDraft.ts'
import { fieldProblem } from './fieldProblems.ts'

export type FieldPath = readonly (string | number)[]

export interface Field {
  /** The value as it is written; undefined: the key is not there. */
  readonly value: unknown
  /** What is wrong at this place; null: nothing. */
  readonly problem: string | null
  /** Writes the value; undefined takes the key out. */
  set(value: unknown): void
}

/** One place of the document, for a form field. */
export function useField(path: FieldPath, label: string): Field {
  const text = useChainStore((state) => state.text)
  const problems = useChainStore((state) => state.parsed.problems)
  return {
    value: valueAt(draftOf(text), path),
    problem: fieldProblem(problems, path),
    set: (value) => useChainStore.getState().edit([{ kind: 'set', path, value }], `Change ${label}`),
  }
}

export function useDraft(): Draft {
  const text = useChainStore((state) => state.text)
  return draftOf(text)
}

/** Every field of a form asks for the same text: it is read once. */
let last: { readonly text: string; readonly draft: Draft } | null = null

function draftOf(text: string): Draft {
  if (last?.text !== text) last = { text, draft: readDraft(text) ?? last?.draft ?? {} }
  return last.draft
}

function valueAt(draft: unknown, path: FieldPath): unknown {
  let value = draft
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string | number, unknown>>)[step]
  }
  return value
}
