import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { keysAt, wordsAt } from './chainKeys.ts'
import { yamlPlace } from './yamlPath.ts'

/** What the workspace has, by name. */
export interface KnownNames {
  readonly tiers: readonly string[]
  readonly workers: readonly string[]
}

/** Completes the format's keys and fixed words, and the names of tiers and workers; behind a key at once what may follow it. */
export function chainCompletion(names: () => KnownNames) {
  return autocompletion({
    override: [(context) => complete(context, names())],
    icons: false,
    activateOnCompletion: () => true,
  })
}

function complete(context: CompletionContext, names: KnownNames): CompletionResult | null {
  const { state, pos, explicit } = context
  const line = state.doc.lineAt(pos)
  const lines = state.doc.toString().split('\n')
  const { path, key, typed, siblings, values } = yamlPlace(lines, line.number - 1, pos - line.from)
  if (!/^[\w-]*$/.test(typed) || (typed === '' && !explicit && key === null)) return null
  const from = pos - typed.length
  if (key !== null) {
    const words = namesFor(key, names) ?? wordsAt(path, values, key)
    return words.length === 0 ? null : { from, options: words.map((word) => ({ label: word })), validFor: /^[\w-]*$/ }
  }
  const options = keysAt(path, values)
    .filter((info) => !siblings.includes(info.key))
    .map((info) => ({
      label: info.key,
      ...(info.description === null ? {} : { info: info.description }),
      apply: `${info.key}: `,
    }))
  return options.length === 0 ? null : { from, options, validFor: /^[\w-]*$/ }
}

function namesFor(key: string, { tiers, workers }: KnownNames): readonly string[] | null {
  if (key === 'tier' || key === 'escalate') return tiers
  return key === 'worker' ? workers : null
}
