import { assertNever } from '../../../../shared/assertNever.ts'
import type {
  ChainStage,
  ChunkStage,
  FetchStage,
  GatherStage,
  MapStage,
  ModelStage,
  Stage,
} from '../../../../shared/stages.ts'

/** What a stage does, in the one line that it has for it on the canvas. */
export function stageDoes(stage: Stage): string {
  switch (stage.kind) {
    case 'model':
      return modelDoes(stage)
    case 'transform':
      return `→ ${valueSays(stage.value)}`
    case 'chunk':
      return chunkDoes(stage)
    case 'map':
      return mapDoes(stage)
    case 'gather':
      return gatherDoes(stage)
    case 'fetch':
      return fetchDoes(stage)
    case 'chain':
      return chainDoes(stage)
    default:
      return assertNever(stage)
  }
}

function modelDoes({ output, worker }: ModelStage): string {
  if (worker === undefined) return `→ ${output === undefined ? 'text' : schemaSays(output)}`
  return output === undefined ? `worker ${worker}` : `worker ${worker} → ${schemaSays(output)}`
}

function chunkDoes({ by, size, overlap }: ChunkStage): string {
  const shared = overlap === undefined || overlap === 0 ? '' : `, ${overlap} shared`
  return `→ list of chunks: ${count(size, by)}${shared}`
}

function mapDoes({ over, as, mode }: MapStage): string {
  const how = mode === 'sequential' ? ', one after the other' : ''
  return `each ${as} of ${listSays(over)}${how}`
}

function listSays(over: unknown): string {
  if (Array.isArray(over)) return over.length === 0 ? 'no list yet' : `a list of ${over.length}`
  if (typeof over !== 'string' || over.trim() === '') return 'no list yet'
  return withoutBraces(over)
}

function gatherDoes(stage: GatherStage): string {
  const { correlate, key, size } = stage
  if (correlate !== undefined) {
    const by = typeof correlate.by === 'string' ? ` by ${withoutBraces(correlate.by)}` : ''
    return `matches ${correlate.of.join(' + ')}${by}`
  }
  const parts = [
    size === undefined ? null : `groups of ${size}`,
    key === undefined ? null : `by ${withoutBraces(key)}`,
    stage.within === undefined ? null : `every ${duration(stage.within)}`,
  ].filter((part) => part !== null)
  if (parts.length === 0) return 'all items as one group'
  return size === undefined && key !== undefined ? `groups ${parts.join(', ')}` : parts.join(', ')
}

/** What the stages behind a gather run once for: `each group of up to 10`. */
export function groupWords({ correlate, size, key }: GatherStage): string {
  if (correlate !== undefined && size === undefined && key === undefined) return 'each whole'
  if (size !== undefined)
    return key === undefined ? `each group of up to ${size}` : `each group of up to ${size}, by key`
  return key === undefined ? 'each group' : `each ${withoutBraces(key)}`
}

function fetchDoes({ method = 'GET', url }: FetchStage): string {
  const address = url.trim()
  if (address === '') return `${method} no address yet`
  const host = /^https?:\/\/([^/{?#]+)/.exec(address)?.[1]
  return `${method} ${host ?? withoutBraces(address)}`
}

function chainDoes({ file }: ChainStage): string {
  return `runs ${file.replace(/^chains\//, '').replace(/\.chain\.yaml$/, '')}`
}

function schemaSays(schema: Readonly<Record<string, unknown>>): string {
  const names = propertyNames(schema)
  if (names.length > 0) return names.join(', ')
  return typeof schema.type === 'string' ? schema.type : 'JSON'
}

/** Names of the fields that an output of this schema has; empty where the schema does not say. */
function propertyNames(schema: Readonly<Record<string, unknown>>): readonly string[] {
  const { properties } = schema
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties)
    ? Object.keys(properties)
    : []
}

function valueSays(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? 'nothing yet' : value.trim().replace(/\s+/g, ' ')
  if (Array.isArray(value)) return value.length === 1 ? 'a list of one' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return Object.keys(value).join(', ') || 'nothing yet'
  return JSON.stringify(value)
}

function withoutBraces(expression: string): string {
  return expression
    .trim()
    .replace(/^\{\{\s*|\s*\}\}$/g, '')
    .replace(/\s+/g, ' ')
}

function count(size: number, by: string): string {
  return size === 1 ? `1 ${by.replace(/s$/, '')} each` : `${size} ${by} each`
}

function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}
