import { assertNever } from '../../../../shared/assertNever.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import type { Stage } from '../../../../shared/stages.ts'
import { type ScopeName, schemaName, typedName, typeOf, unknownName, valueName } from './scopeName.ts'

/** What the output of a stage is like by what the chain says of it, before anything has run. */
export function stageOutput(id: string, stage: Stage): ScopeName {
  switch (stage.kind) {
    case 'model':
      if (stage.output !== undefined) return schemaName(id, stage.output, ABOUT)
      return stage.worker === undefined
        ? typedName(id, 'string', ABOUT)
        : unknownName(id, `output of the worker ${stage.worker}`)
    case 'transform':
      return writtenValue(id, stage.value)
    case 'chunk':
      return { ...typedName(id, 'list', 'parts of the text'), fields: CHUNK_FIELDS }
    case 'map':
      return { ...typedName(id, 'list', 'outputs, one for each element'), fields: mapFields(stage) }
    case 'gather':
      return { ...typedName(id, 'object', 'the group'), fields: GATHER_FIELDS }
    case 'fetch':
      return { ...typedName(id, 'object', 'the answer'), fields: FETCH_FIELDS }
    case 'chain':
      return unknownName(id, `output of ${stage.file}`)
    default:
      return assertNever(stage)
  }
}

const ABOUT = 'output of the stage'

/** A value as it is written: what stands in braces is not known, its names are. */
export function writtenValue(name: string, value: Json): ScopeName {
  if (typeof value === 'string') return unknownName(name, ABOUT)
  if (!isJsonObject(value)) return { ...valueName(name, value, ABOUT), value: undefined }
  const fields = Object.entries(value).map(([key, entry]) =>
    typeof entry === 'string' && entry.includes('{{') ? unknownName(key) : writtenValue(key, entry),
  )
  return {
    ...unknownName(name, ABOUT),
    type: typeOf(value),
    fields: fields.map((field) => ({ ...field, about: null })),
  }
}

/** Without an `output` of its own, an element gives what its last stages give, by name. */
function mapFields(stage: Extract<Stage, { kind: 'map' }>): readonly ScopeName[] {
  if (stage.output !== undefined) return writtenValue('', stage.output).fields
  return Object.entries(stage.stages).map(([id, inner]) => stageOutput(id, inner))
}

const CHUNK_FIELDS: readonly ScopeName[] = [
  typedName('text', 'string', 'the part'),
  typedName('index', 'number', 'its number, from 0'),
  typedName('start', 'number', 'where it begins in the text'),
  typedName('end', 'number', 'where it ends'),
]

const FETCH_FIELDS: readonly ScopeName[] = [
  typedName('status', 'number', '200, 404 …'),
  typedName('headers', 'object', 'by name, in small letters'),
  typedName('text', 'string', 'the body'),
  unknownName('json', 'the body, where it is JSON'),
]

export const GROUP_FIELDS: readonly ScopeName[] = [
  unknownName('key', 'what its members have in common'),
  typedName('index', 'number', "the group's number, from 0"),
  typedName('reason', 'string', 'what released it: size, within or end'),
  typedName('size', 'number', 'how many members it has'),
  typedName('parts', 'object', 'of a correlate: the item of each source'),
]

const GATHER_FIELDS: readonly ScopeName[] = [typedName('items', 'list', 'its members'), ...GROUP_FIELDS]
