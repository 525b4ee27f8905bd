import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { keysAt, wordsAt } from './chainKeys.ts'
import { yamlPlace } from './yamlPath.ts'

/** Completes the format's keys and fixed words, and the names of tiers. */
export function chainCompletion(tierNames: () => readonly string[]) {
  return autocompletion({ override: [(context) => complete(context, tierNames())], icons: false })
}

function complete(context: CompletionContext, tierNames: readonly string[]): CompletionResult | null {
  const { state, pos, explicit } = context
  const line = state.doc.lineAt(pos)
  const lines = state.doc.toString().split('\n')
  const { path, key, typed, siblings, values } = yamlPlace(lines, line.number - 1, pos - line.from)
  if (!/^[\w-]*$/.test(typed) || (typed === '' && !explicit && key === null)) return null
  const from = pos - typed.length
  if (key !== null) {
    const words = key === 'tier' ? tierNames : wordsAt(path, values, key)
    return words.length === 0 ? null : { from, options: words.map((word) => ({ label: word })), validFor: /^[\w-]*$/ }
  }
  const options = keysAt(path, values)
    .filter((info) => !siblings.includes(info.key))
    .map((info) => ({
      label: info.key,
      ...(info.description === null ? {} : { info: info.description }),
      apply: applyKey,
    }))
  return options.length === 0 ? null : { from, options, validFor: /^[\w-]*$/ }
}

/** With its colon, and what may stand behind it offered at once. */
function applyKey(view: EditorView, { label }: Completion, from: number, to: number): void {
  const hasColon = view.state.sliceDoc(to, to + 1) === ':'
  const insert = hasColon ? label : `${label}: `
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } })
  startCompletion(view)
}
