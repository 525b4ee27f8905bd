import { Document, isMap, isScalar, type Pair, parseDocument, YAMLMap } from 'yaml'
import { CHAIN_FORMAT, type Chain, type Position, RESERVED_NAMES } from '../../../../shared/chain.ts'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { type ChainEdit, editChain } from '../../../../shared/chainEdit.ts'
import { readStage, writtenStages } from '../../../../shared/chainYaml.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import { freeName } from '../../../lib/freeName.ts'
import type { NewStage } from './newStage.ts'

/**
 * Stages as text for the clipboard: a chain document of these stages only, comments and places included. A map takes the
 * stages inside it along; one that stands inside a map is copied out of it.
 */
export function copyStages(chainText: string, ids: readonly string[]): string {
  const from = parseDocument(chainText)
  const to = new Document(new YAMLMap())
  const outermost = ids.filter((id) => !isWithin(readStage(from, id)?.path ?? [], ids))
  const pairs = outermost.flatMap((id) => pairOf(from, id) ?? [])
  if (pairs.length > 0) to.set('stages', copyOf(pairs, from.get('stages')))
  const layout = from.get('layout')
  const inside = outermost.flatMap((id) => {
    const path = readStage(from, id)?.path ?? []
    return [id, ...writtenStages(from, [...path, 'stages']).map((inner) => inner.id)]
  })
  const places = isMap(layout) ? layout.items.filter((pair) => inside.includes(keyOf(pair))) : []
  if (places.length > 0) to.set('layout', copyOf(places, layout))
  return to.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** Whether one of these stages holds what stands at the path. */
function isWithin(path: readonly (string | number)[], ids: readonly string[]): boolean {
  return path.slice(0, -1).some((step) => ids.includes(String(step)))
}

function pairOf(document: Document, id: string): Pair | undefined {
  const path = readStage(document, id)?.path
  const stages = path === undefined ? undefined : document.getIn(path.slice(0, -1), true)
  return isMap(stages) ? stages.items.find((pair) => keyOf(pair) === id) : undefined
}

function copyOf(pairs: readonly Pair[], map: unknown): YAMLMap {
  const copy = new YAMLMap()
  copy.items.push(...pairs.map((pair) => pair.clone()))
  // A comment above the first entry hangs on the map.
  if (isMap(map) && pairs[0] === map.items[0] && map.commentBefore != null) copy.commentBefore = map.commentBefore
  return copy
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key)
}

interface PastePlace {
  /** Where the upper left of the stages goes, within `map`; null: a step beside their places. */
  readonly at: Position | null
  /** The map that a stage is pasted into, by the id it had; null: the chain itself. */
  readonly mapOf: (id: string) => string | null
}

/**
 * The stages of a text that `copyStages` or a person wrote, under ids that are free in `chain`, the references among them
 * following. null: the text holds no stages.
 */
export function pasteStages(
  chain: Chain,
  text: string,
  { at, mapOf }: PastePlace,
): { stages: readonly NewStage[] } | null {
  const first = readStages(text)
  if (first === null) return null
  const taken = new Set([...allStages(chain).map(({ id }) => id), ...RESERVED_NAMES])
  const renames: { from: string; to: string }[] = []
  for (const { id: from } of allStages(first.chain)) {
    const to = freeName(from, taken)
    taken.add(to)
    if (to !== from) renames.push({ from, to })
  }
  // Two steps, as a new id (`a2`) may be one that another stage of the text still has.
  const aside = renames.map(({ from }, index): ChainEdit => ({ kind: 'renameStage', from, to: `pasted_${index}_` }))
  const home = renames.map(({ to }, index): ChainEdit => ({ kind: 'renameStage', from: `pasted_${index}_`, to }))
  const renamed = readStages(editChain(first.text, [...aside, ...home]))
  if (renamed === null) return null
  const places = renamed.chain.layout ?? {}
  const ids = Object.keys(renamed.chain.stages)
  const shift = shiftOf(
    ids.flatMap((id) => places[id] ?? []),
    at,
  )
  const formerly = new Map(renames.map(({ from, to }) => [to, from]))
  const stages = Object.entries(renamed.chain.stages).map(([id, stage]): NewStage => {
    const place = places[id]
    const position = place === undefined ? null : { x: place.x + shift.x, y: place.y + shift.y }
    const map = mapOf(formerly.get(id) ?? id)
    return { id, edits: [{ kind: 'addStage', id, stage, position, ...(map === null ? {} : { map }) }] }
  })
  const inner = Object.entries(places).filter(([id]) => !ids.includes(id))
  if (inner.length === 0) return { stages }
  // Their places are within their maps, and stay as they are.
  const move: ChainEdit = { kind: 'move', positions: Object.fromEntries(inner) }
  return { stages: stages.map((stage, index) => (index === 0 ? { ...stage, edits: [...stage.edits, move] } : stage)) }
}

/** How far beside the originals a copy stands. */
const STEP = 32

function shiftOf(places: readonly Position[], at: Position | null): Position {
  if (at === null || places.length === 0) return { x: STEP, y: STEP }
  return { x: at.x - Math.min(...places.map(({ x }) => x)), y: at.y - Math.min(...places.map(({ y }) => y)) }
}

function readStages(text: string): { text: string; chain: Chain } | null {
  if (!/^stages:/m.test(text)) return null
  const whole = /^jacquard:/m.test(text) ? text : `jacquard: ${CHAIN_FORMAT}\n${text}`
  const { chain } = parseChain(whole)
  return chain === null || Object.keys(chain.stages).length === 0 ? null : { text: whole, chain }
}
