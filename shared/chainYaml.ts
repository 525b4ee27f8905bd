import { type Document, isMap, isScalar, type Pair, Scalar, type YAMLMap } from 'yaml'
import { chain as chainSchema } from './chain.ts'
import { STAGE_KEYS, type Stage } from './stages.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Reading and changing a chain's YAML document in place, so that comments and all that is untouched stay as they are. */

const TOP_KEY_ORDER = Object.keys(chainSchema.shape)
/** What a stage is, then what it is given, then what may go wrong. */
const STAGE_KEY_ORDER = [
  ...['kind', 'note', 'worker', 'file', 'tier', 'when', 'after', 'over', 'as', 'mode', 'concurrency'],
  ...['instructions', 'knowledge', 'input', 'inputSchema', 'prompt', 'images'],
  ...[...new Set(Object.values(STAGE_KEYS).flat())].filter(
    (key) => !['timeout', 'retry', 'onError', 'stages'].includes(key),
  ),
  ...['stages', 'timeout', 'retry', 'onError'],
].filter((key, index, all) => all.indexOf(key) === index)

export function orderStageKeys<T extends object>(stage: T): T {
  const rank = (key: string) => (STAGE_KEY_ORDER.includes(key) ? STAGE_KEY_ORDER.indexOf(key) : STAGE_KEY_ORDER.length)
  return Object.fromEntries(Object.entries(stage).sort(([a], [b]) => rank(a) - rank(b))) as T
}

/** Sets the value at a path, making what leads there; `undefined` takes the key out. New keys stand where the format has them. */
export function setIn(document: Document, path: YamlPath, value: unknown): void {
  if (value === undefined) {
    deleteIn(document, path)
    pruneEmpty(document, path.slice(0, -1))
    return
  }
  const existing = document.getIn(path, true)
  if (isScalar(existing) && (typeof value !== 'object' || value === null)) {
    existing.value = value
    styleText(existing)
    return
  }
  const parentPath = path.slice(0, -1)
  const key = path.at(-1)
  if (parentPath.length > 0 && document.getIn(parentPath, true) === undefined) setIn(document, parentPath, {})
  const parent = parentPath.length === 0 ? document.contents : document.getIn(parentPath, true)
  const node = document.createNode(value)
  if (isScalar(node)) styleText(node)
  const isPosition = path[0] === 'layout' && path.length === 2
  if (isPosition && isMap(node)) node.flow = true
  if (isMap(parent) && parent.items.length === 0) parent.flow = false
  if (isMap(parent) && !parent.has(key)) insertInOrder(parent, document.createPair(key, node), path)
  else document.setIn(path, node)
}

/** Takes a key out where it is; the package itself throws where the map that would hold it is missing. */
export function deleteIn(document: Document, path: YamlPath): void {
  if (document.hasIn(path)) document.deleteIn(path)
}

/** Maps that an edit has emptied and that mean nothing empty are taken out with their last key. */
function pruneEmpty(document: Document, path: YamlPath): void {
  const prunable = ['layout', 'retry', 'parameters', 'params', 'input', 'sink', 'source']
  const node = path.length === 0 ? null : document.getIn(path, true)
  if (isMap(node) && node.items.length === 0 && prunable.includes(String(path.at(-1)))) document.deleteIn(path)
}

/** Whether a path leads to one stage: `stages/ID`, or further ones inside maps. */
function isStageMap(path: YamlPath): boolean {
  return path.length > 0 && path.length % 2 === 0 && path.every((step, at) => at % 2 === 1 || step === 'stages')
}

function insertInOrder(map: YAMLMap, pair: Pair, path: YamlPath): void {
  const order = path.length === 1 ? TOP_KEY_ORDER : isStageMap(path.slice(0, -1)) ? STAGE_KEY_ORDER : []
  const rank = order.indexOf(String(path.at(-1)))
  const before =
    rank < 0
      ? -1
      : map.items.findIndex((item) => order.indexOf(String(isScalar(item.key) ? item.key.value : item.key)) > rank)
  if (before < 0) map.items.push(pair)
  else map.items.splice(before, 0, pair)
}

/** Text of several lines is written as a block, so that it can be read and edited by hand. */
function styleText(scalar: Scalar): void {
  const isBlock = typeof scalar.value === 'string' && scalar.value.includes('\n')
  if (isBlock) scalar.type = Scalar.BLOCK_LITERAL
  else if (scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED) delete scalar.type
}

/** A stage as it stands in a document, right or not. */
export interface WrittenStage {
  readonly id: string
  readonly path: YamlPath
  readonly stage: Stage
}

/** Every stage of a document, those inside maps too. */
export function writtenStages(document: Document, root: YamlPath = ['stages']): readonly WrittenStage[] {
  const stages = document.getIn(root, true)
  if (!isMap(stages)) return []
  return stages.items.flatMap((pair): WrittenStage[] => {
    const id = String(isScalar(pair.key) ? pair.key.value : pair.key)
    if (!isMap(pair.value)) return []
    const path = [...root, id]
    return [{ id, path, stage: pair.value.toJS(document) as Stage }, ...writtenStages(document, [...path, 'stages'])]
  })
}

/** null: there is none. */
export function readStage(document: Document, id: string): WrittenStage | null {
  return writtenStages(document).find((written) => written.id === id) ?? null
}
