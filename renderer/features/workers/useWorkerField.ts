import { parseDocument } from 'yaml'
import type { YamlPath } from '../../../shared/yamlProblems.ts'
import { selectOpenWorker, useWorkerStore } from '../../stores/workerStore.ts'

export interface WorkerField {
  /** The value as it is written; undefined: the key is not there. */
  readonly value: unknown
  /** What is wrong at this place or below it, one message a line; null: nothing. */
  readonly problem: string | null
  /** Writes the value; undefined takes the key out. */
  set(value: unknown): void
}

/** One place of the open worker's text, for a field of the form. `label` names the step that can be undone. */
export function useWorkerField(path: YamlPath, label: string): WorkerField {
  const text = useWorkerStore((state) => selectOpenWorker(state)?.text ?? '')
  const problems = useWorkerStore((state) => selectOpenWorker(state)?.problems)
  const messages = (problems ?? [])
    .filter((problem) => path.every((step, index) => problem.path[index] === step))
    .map(({ message }) => message)
  return {
    value: valueAt(readText(text), path),
    problem: messages.length === 0 ? null : [...new Set(messages)].join('\n'),
    set: (value) => useWorkerStore.getState().edit([{ path, value }], `Change ${label}`),
  }
}

/** Every field of the form asks for the same text: it is read once. */
let last: { readonly text: string; readonly value: unknown } = { text: '', value: {} }

/** The last readable state while the text is none, so that the form does not lose its values. */
function readText(text: string): unknown {
  if (last.text === text) return last.value
  const document = parseDocument(text)
  last = { text, value: document.errors.length > 0 ? last.value : document.toJS() }
  return last.value
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((at, step) => {
    if (typeof at !== 'object' || at === null) return undefined
    return (at as Readonly<Record<string | number, unknown>>)[step]
  }, value)
}
