import { type Document, isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { BudgetLimits } from '../../shared/budgets.ts'
import { keepFlowPadding } from '../../shared/flowPadding.ts'

/**
 * jacquard.yaml with these budgets. Where `budgets:` is missing, or written as a block, only its own lines change: people
 * align their tiers. Else the document is printed anew, with its comments and its order.
 * The text must be readable YAML whose root is a map, or empty.
 */
export function editBudgets(text: string, { dayUsd, runUsd }: BudgetLimits): string {
  return setLimit(setLimit(text, 'dayUsd', dayUsd), 'runUsd', runUsd)
}

type Key = keyof BudgetLimits

function setLimit(text: string, key: Key, usd: number | null): string {
  const document = parseDocument(text)
  const root = document.contents
  const budgets = pairIn(root, 'budgets')
  const limit = pairIn(budgets?.value, key)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  if (usd === null) {
    if (budgets === null || limit === null) return text
    const gone = isMap(budgets.value) && budgets.value.items.length === 1 ? budgets : limit
    const hasOwnLines = isBlock(root) && (gone === budgets || isBlock(budgets.value))
    return hasOwnLines ? withoutLines(text, gone) : print(document, text, { key, usd })
  }
  if (isScalar(limit?.value) && limit.value.range != null) {
    const [start, end] = limit.value.range
    return limit.value.value === usd ? text : `${text.slice(0, start)}${usd}${text.slice(end)}`
  }
  if (budgets === null && (root === null || isBlock(root))) {
    const above = text === '' || text.endsWith('\n') ? text : `${text}${eol}`
    return `${above}${above.trim() === '' ? '' : eol}budgets:${eol}  ${key}: ${usd}${eol}`
  }
  const above = limit === null && isBlock(root) ? lineAbove(text, budgets) : null
  if (above === null) return print(document, text, { key, usd })
  const before = text.slice(0, above.end).replace(/\r?\n$/, '')
  return `${before}${eol}${' '.repeat(above.indent)}${key}: ${usd}${eol}${text.slice(above.end)}`
}

function pairIn(map: unknown, key: string): Pair | null {
  return isMap(map) ? (map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) ?? null) : null
}

function isBlock(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true && node.items.length > 0
}

/** Below which line a limit is added, and how far in; null: not by a line. */
function lineAbove(text: string, budgets: Pair | null): { readonly end: number; readonly indent: number } | null {
  if (budgets === null) return null
  const { value } = budgets
  // `budgets:` with nothing under it, or comments only.
  if (isScalar(value) && value.value === null && value.source === '')
    return { end: linesOf(text, { key: budgets.key, value: null }).end, indent: 2 }
  const last = isBlock(value) ? value.items.at(-1) : undefined
  if (last === undefined || !isNode(last.key) || last.key.range == null) return null
  const [start] = last.key.range
  return { end: linesOf(text, last).end, indent: start - lineStart(text, start) }
}

function withoutLines(text: string, pair: Pair): string {
  const { start, end } = linesOf(text, pair)
  return text.slice(0, start) + text.slice(end)
}

/** From the line in which its key begins to that in which its value ends, with what ends that line. */
function linesOf(
  text: string,
  { key, value }: Pick<Pair, 'key' | 'value'>,
): { readonly start: number; readonly end: number } {
  const start = isNode(key) ? (key.range?.[0] ?? 0) : 0
  const valueEnd = lastOffset(value) ?? start
  const newline = text.indexOf('\n', valueEnd)
  return { start: lineStart(text, start), end: newline < 0 ? text.length : newline + 1 }
}

/** A block map's own range goes on over the comments below it, which belong to what follows. */
function lastOffset(value: unknown): number | null {
  const last = isBlock(value) ? value.items.at(-1) : undefined
  if (last !== undefined) return lastOffset(last.value) ?? lastOffset(last.key)
  return isNode(value) ? (value.range?.[1] ?? null) : null
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function print(document: Document, text: string, { key, usd }: { key: Key; usd: number | null }): string {
  keepFlowPadding(document, text)
  if (usd === null) document.deleteIn(['budgets', key])
  else if (isMap(document.get('budgets'))) document.setIn(['budgets', key], usd)
  else document.set('budgets', document.createNode({ [key]: usd }))
  const budgets = document.get('budgets')
  if (isMap(budgets) && budgets.items.length === 0) document.delete('budgets')
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}
