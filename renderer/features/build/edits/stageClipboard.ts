import { Document, isMap, isScalar, type Pair, parseDocument, YAMLMap } from 'yaml'
import { CHAIN_FORMAT, type Chain, type Position, RESERVED_NAMES } from '../../../../shared/chain.ts'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { type ChainEdit, editChain } from '../../../../shared/chainEdit.ts'
import { freeName } from '../../../lib/freeName.ts'
import type { NewStage } from './addStageEdits.ts'

/** Stages as text for the clipboard: a chain document of these stages only, comments and places included. */
export function copyStages(chainText: string, ids: readonly string[]): string {
  const from = parseDocument(chainText)
  const to = new Document(new YAMLMap())
  for (const section of ['stages', 'layout']) {
    const map = from.get(section)
    if (!isMap(map)) continue
    const pairs = map.items.filter((pair) => ids.includes(keyOf(pair)))
    if (pairs.length === 0) continue
    const copy = new YAMLMap()
    copy.items.push(...pairs.map((pair) => pair.clone()))
    // A comment above the first stage hangs on the map.
    if (pairs[0] === map.items[0] && map.commentBefore != null) copy.commentBefore = map.commentBefore
    to.set(section, copy)
  }
  return to.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key)
}

/**
 * The stages of a text that `copyStages` or a person wrote, under ids that are free in `chain`, the references among them
 * following. null: the text holds no stages. `at`: where the upper left of them goes; null: a step beside their places.
 */
export function pasteStages(chain: Chain, text: string, at: Position | null): { stages: readonly NewStage[] } | null {
  const first = readStages(text)
  if (first === null) return null
  const taken = new Set([...Object.keys(chain.stages), ...RESERVED_NAMES])
  const renames: ChainEdit[] = []
  for (const from of Object.keys(first.chain.stages)) {
    const to = freeName(from, taken)
    taken.add(to)
    if (to !== from) renames.push({ kind: 'renameStage', from, to })
  }
  // Two steps, as a new id (`a2`) may be one that another stage of the text still has.
  const aside = renames.map((edit, index) => ({ ...edit, to: `pasted_${index}_` }) as ChainEdit)
  const home = renames.map((edit, index) => ({ ...edit, from: `pasted_${index}_` }) as ChainEdit)
  const renamed = readStages(editChain(first.text, [...aside, ...home]))
  if (renamed === null) return null
  const places = renamed.chain.layout ?? {}
  const shift = shiftOf(Object.values(places), at)
  const stages = Object.entries(renamed.chain.stages).map(([id, stage]): NewStage => {
    const place = places[id]
    const position = place === undefined ? null : { x: place.x + shift.x, y: place.y + shift.y }
    return { id, edits: [{ kind: 'addStage', id, stage, position }] }
  })
  return { stages }
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
