import { type Document, isMap, isNode, isScalar } from 'yaml'
import { readStage, setIn, stageIds } from './chainYaml.ts'
import { expressionKeys } from './graph.ts'
import { expressionMentions, expressionReferences } from './references.ts'
import { parseTemplate, visitStrings } from './template.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Gives a stage another id and follows it through every expression, `after` and the layout. */
export function renameStage(document: Document, from: string, to: string): void {
  renameKey(document.get('stages'), from, to)
  renameKey(document.get('layout'), from, to)
  for (const id of stageIds(document)) {
    const stage = readStage(document, id)
    if (stage === null) continue
    stage.after?.forEach((name, index) => {
      if (name === from) setIn(document, ['stages', id, 'after', index], to)
    })
    for (const [key] of expressionKeys(stage)) renameIn(document, ['stages', id, key], { from, to })
  }
  renameIn(document, ['output'], { from, to })
}

function renameKey(map: unknown, from: string, to: string): void {
  if (!isMap(map)) return
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === from)
  if (pair !== undefined && isScalar(pair.key)) pair.key.value = to
}

function renameIn(document: Document, path: YamlPath, names: Names): void {
  const root = document.getIn(path, true)
  visitStrings(isNode(root) ? root.toJS(document) : undefined, path, (text, stringPath) => {
    const isBareCondition = stringPath.at(-1) === 'when' && !text.includes('{{')
    const next = isBareCondition ? renameInExpression(text, names) : renameInText(text, names)
    if (next !== text) setIn(document, stringPath, next)
  })
}

interface Names {
  readonly from: string
  readonly to: string
}

function renameInText(text: string, names: Names): string {
  return parseTemplate(text)
    .template.parts.map((part) => {
      if (part.kind === 'text') return part.text
      return text.slice(part.start, part.end).replace(part.source, () => renameInExpression(part.source, names))
    })
    .join('')
}

function renameInExpression(expression: string, { from, to }: Names): string {
  if (!expressionMentions(expression, from)) return expression
  let result = expression
  const offsets = expressionReferences(expression)
    .filter(({ name }) => name === from)
    .map(({ offset }) => offset)
  for (const offset of offsets.sort((a, b) => b - a))
    if (result.startsWith(from, offset)) result = result.slice(0, offset) + to + result.slice(offset + from.length)
  return result
}
