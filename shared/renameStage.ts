import { type Document, isMap, isNode, isScalar } from 'yaml'
import { readStage, setIn, writtenStages } from './chainYaml.ts'
import { expressionMentions, expressionReferences } from './references.ts'
import { stageExpressions } from './stageExpressions.ts'
import { parseTemplate, visitStrings } from './template.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Gives a stage another id and follows it through every expression, `after` and the layout. */
export function renameStage(document: Document, from: string, to: string): void {
  const written = readStage(document, from)
  if (written === null) return
  renameKey(document.getIn(written.path.slice(0, -1), true), from, to)
  renameKey(document.get('layout'), from, to)
  for (const { path, stage } of writtenStages(document)) {
    stage.after?.forEach((name, index) => {
      if (name === from) setIn(document, [...path, 'after', index], to)
    })
    for (const { path: inner, isBare } of stageExpressions(stage))
      renameIn(document, [...path, ...inner], { names: { from, to }, isBare })
  }
  renameIn(document, ['output'], { names: { from, to }, isBare: false })
}

function renameKey(map: unknown, from: string, to: string): void {
  if (!isMap(map)) return
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === from)
  if (pair !== undefined && isScalar(pair.key)) pair.key.value = to
}

function renameIn(document: Document, path: YamlPath, { names, isBare }: { names: Names; isBare: boolean }): void {
  const root = document.getIn(path, true)
  visitStrings(isNode(root) ? root.toJS(document) : undefined, path, (text, stringPath) => {
    const next = isBare && !text.includes('{{') ? renameInExpression(text, names) : renameInText(text, names)
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
