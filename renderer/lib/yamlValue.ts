import { type Document, isMap, isNode, isSeq, parseDocument, visit } from 'yaml'

export type YamlValue =
  /** `node` keeps comments and the way the value was written; undefined: the text is empty. */
  { readonly ok: true; readonly node: unknown } | { readonly ok: false; readonly message: string }

/** A value of the document as YAML text, comments included. */
export function valueText(chainText: string, path: readonly (string | number)[]): string {
  const document = parseDocument(chainText)
  const node = document.getIn(path, true)
  return isNode(node) ? document.createNode(node) && printNode(document, path) : ''
}

function printNode(document: Document, path: readonly (string | number)[]): string {
  const alone = parseDocument('')
  alone.contents = document.getIn(path, true) as never
  return alone.toString({ lineWidth: 0, flowCollectionPadding: true }).replace(/\n$/, '')
}

/** Reads what a person typed as the YAML of one value. */
export function readYamlValue(text: string): YamlValue {
  if (text.trim() === '') return { ok: true, node: undefined }
  const document = parseDocument(text)
  const [error] = document.errors
  if (error !== undefined) return { ok: false, message: `Not valid YAML: ${firstLine(error.message)}` }
  if (hasBareBraces(document)) return { ok: false, message: 'Put an expression in quotes: "{{ item.text }}".' }
  return { ok: true, node: document.contents }
}

/** `{{ a }}` without quotes is, to YAML, a map within a map. */
function hasBareBraces(document: Document): boolean {
  let isFound = false
  visit(document, {
    Pair(_, pair) {
      if (isMap(pair.key) || isSeq(pair.key)) isFound = true
      return isFound ? visit.BREAK : undefined
    },
  })
  return isFound
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message
}
