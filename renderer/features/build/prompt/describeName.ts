import { assertNever } from '../../../../shared/assertNever.ts'
import type { Chain } from '../../../../shared/chain.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import type { Json, JsonObject } from '../../../../shared/json.ts'
import { paramOf } from '../../../../shared/param.ts'
import type { Scope } from '../../../../shared/scope.ts'
import { findStage } from '../../../../shared/stageTree.ts'
import { elementOf, mergeNames, type ScopeName, typedName, unknownName, valueName } from './scopeName.ts'
import { GROUP_FIELDS, stageOutput, writtenValue } from './stageOutput.ts'
import { pathIn, stepInto } from './stepInto.ts'

export interface ScopeSources {
  readonly chain: Chain
  readonly graph: ChainGraph
  /** The first item, and the names that the first items have; null: the source could not be read. */
  readonly sample: JsonObject | null
  readonly fields: readonly string[]
  /** Stage id → what it gave in the last test. */
  readonly outputs: ReadonlyMap<string, Json>
}

/** What is known of a name in scope: by the chain, the first item and the last test. */
export function describeName(known: Scope[number], sources: ScopeSources): ScopeName {
  const { chain, sample, fields, outputs } = sources
  const { name } = known
  switch (known.kind) {
    case 'item':
      return itemName(sample, fields)
    case 'params':
      return { ...typedName('params', 'object', 'values of the launch'), fields: paramFields(chain) }
    case 'run':
      return { ...typedName('run', 'object', 'this run'), fields: RUN_FIELDS }
    case 'map':
      return { ...typedName('map', 'object', 'where in the list'), fields: MAP_FIELDS }
    case 'items':
      return itemsName(known.gather, sources)
    case 'group':
      return { ...typedName('group', 'object', 'the group'), fields: GROUP_FIELDS }
    case 'element':
      return elementName(name, known.map, sources)
    case 'stage': {
      const stage = findStage(chain, name)?.stage
      if (stage === undefined) return unknownName(name)
      const said = stageOutput(name, stage)
      const output = outputs.get(name)
      return output === undefined || output === null ? said : mergeNames(valueName(name, output, said.about), said)
    }
    default:
      return assertNever(known)
  }
}

function itemName(sample: JsonObject | null, fields: readonly string[]): ScopeName {
  const said = { ...typedName('item', 'object', 'the item'), fields: fields.map((field) => unknownName(field)) }
  return sample === null ? said : mergeNames(valueName('item', sample, 'the item'), said)
}

function paramFields({ params = {} }: Chain): readonly ScopeName[] {
  return Object.entries(params).map(([name, written]) => {
    const param = paramOf(written)
    const known = param.default === undefined ? unknownName(name) : valueName(name, param.default)
    return { ...known, type: known.type ?? param.type, about: param.description }
  })
}

/** Each member is what the gather's `value` says; without it, the item and what the stages of its lane gave. */
function itemsName(gather: string, sources: ScopeSources): ScopeName {
  const { chain, graph, outputs } = sources
  const stage = chain.stages[gather]
  const lane = graph.lanes.find(({ ends }) => ends === gather)
  const list = typedName('items', 'list', 'members of the group')
  const output = outputs.get(gather)
  const real = stepInto(output === undefined ? unknownName(gather) : valueName(gather, output), 'items')
  const said =
    stage?.kind === 'gather' && stage.value !== undefined
      ? writtenValue('items', stage.value).fields
      : scopeOfLane(lane?.stages ?? [], sources)
  return mergeNames({ ...list, value: real?.value, fields: real?.fields ?? [] }, { ...list, fields: said })
}

function scopeOfLane(stages: readonly string[], sources: ScopeSources): readonly ScopeName[] {
  return [
    itemName(sources.sample, sources.fields),
    ...stages.map((name) => describeName({ name, kind: 'stage' }, sources)),
  ]
}

/** One element of what the map runs over, where that is a list written out or a plain path to one. */
function elementName(name: string, map: string, sources: ScopeSources): ScopeName {
  const about = 'one element of the list'
  const stage = findStage(sources.chain, map)?.stage
  if (stage?.kind !== 'map') return unknownName(name, about)
  if (Array.isArray(stage.over)) return elementOf({ ...valueName(name, stage.over), name }, name, about)
  const [root, ...steps] = typeof stage.over === 'string' ? pathIn(stage.over) : []
  const known = (sources.graph.scopes.get(map) ?? []).find((other) => other.name === root)
  if (known === undefined) return unknownName(name, about)
  let list: ScopeName | null = describeName(known, sources)
  for (const step of steps) list = list === null ? null : stepInto(list, step)
  return list === null ? unknownName(name, about) : elementOf(list, name, about)
}

const RUN_FIELDS: readonly ScopeName[] = [
  typedName('id', 'string', "the run's id"),
  typedName('index', 'number', "the item's number, from 0"),
  typedName('total', 'number', 'how many items there are'),
  typedName('startedAt', 'number', 'when it began, in milliseconds since 1970'),
  typedName('source', 'string', 'the name of the source, where a chain has several'),
  unknownName('previous', "the former item's output; then items run one after the other"),
]

const MAP_FIELDS: readonly ScopeName[] = [
  typedName('index', 'number', "the element's number, from 0"),
  typedName('total', 'number', 'how many elements there are'),
  unknownName('previous', "the former element's output, in a sequential map"),
]
