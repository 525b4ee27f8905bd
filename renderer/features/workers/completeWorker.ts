import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { workerFile } from '../../../shared/worker.ts'

const KEYS = Object.entries(workerFile.shape).map(([key, schema]) => ({
  label: key,
  type: 'property',
  apply: `${key}: `,
  ...(schema.description === undefined ? {} : { info: schema.description }),
}))

/** The keys of a worker file, where one is begun at the start of a line. */
export const workerCompletion: Extension = autocompletion({ override: [completeKey], icons: false })

function completeKey(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const typed = line.text.slice(0, context.pos - line.from)
  if (!/^\w*$/.test(typed) || (typed === '' && !context.explicit)) return null
  const written = new Set(context.state.doc.toString().match(/^\w+(?=:)/gm) ?? [])
  return { from: line.from, options: KEYS.filter(({ label }) => !written.has(label)), validFor: /^\w*$/ }
}
