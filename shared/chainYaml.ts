import { type Document, isMap, isScalar, type Pair, Scalar, type YAMLMap } from 'yaml'
import { chain as chainSchema } from './chain.ts'
import type { Stage } from './stages.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Reading and changing a chain's YAML document in place, so that comments and all that is untouched stay as they are. */

const TOP_KEY_ORDER = Object.keys(chainSchema.shape)
const STAGE_KEY_ORDER = [
  'kind',
  'note',
  'tier',
  'when',
  'after',
  'instructions',
  'input',
  'prompt',
  'value',
  'output',
  'maxTokens',
  'temperature',
  'parameters',
  'repair',
  'timeout',
  'retry',
  'onError',
]

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

function insertInOrder(map: YAMLMap, pair: Pair, path: YamlPath): void {
  const order = path.length === 1 ? TOP_KEY_ORDER : path[0] === 'stages' && path.length === 3 ? STAGE_KEY_ORDER : []
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

export function stageIds(document: Document): string[] {
  const stages = document.get('stages')
  return isMap(stages) ? stages.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key)) : []
}

/** A stage as it stands, right or not; null: there is none. */
export function readStage(document: Document, id: string): Stage | null {
  const node = document.getIn(['stages', id], true)
  return isMap(node) ? (node.toJSON() as Stage) : null
}
