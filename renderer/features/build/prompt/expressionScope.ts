import type { Chain } from '../../../../shared/chain.ts'
import type { Stage } from '../../../../shared/stages.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts'

/** A name that an expression may use, with what is known of it. */
export interface ScopeName {
  readonly name: string
  /** `string`, `number`, `list`, `object` …, as far as it is known. */
  readonly type: string | null
  /** A real value, cut to one line; null: none is known. */
  readonly sample: string | null
  /** What it is, in a few words. */
  readonly about: string | null
  /** The names below it. */
  readonly fields: readonly ScopeName[]
}

interface ScopeSources {
  readonly chain: Chain
  readonly graph: ChainGraph
  /** The first item, and the names that the first items have; null: the source could not be read. */
  readonly sample: JsonObject | null
  readonly fields: readonly string[]
}

/** Every name in scope at one place: `stage` null is the chain's `output`. A stage that waits for this one is left out. */
export function expressionScope(
  stage: string | null,
  { chain, graph, sample, fields }: ScopeSources,
): readonly ScopeName[] {
  const later = stage === null ? new Set<string>() : stagesBehind(graph, stage)
  const stages = Object.entries(chain.stages).filter(([id]) => id !== stage && !later.has(id))
  return [
    { name: 'item', type: 'object', sample: null, about: 'the item', fields: itemFields(sample, fields) },
    ...stages.map(([id, each]) => stageName(id, each)),
    {
      name: 'params',
      type: 'object',
      sample: null,
      about: 'values of the launch',
      fields: valueFields(chain.params ?? {}),
    },
    { name: 'run', type: 'object', sample: null, about: 'this run', fields: RUN_FIELDS },
  ]
}

const RUN_FIELDS: readonly ScopeName[] = [
  { name: 'id', type: 'string', sample: null, about: "the run's id", fields: [] },
  { name: 'index', type: 'number', sample: '0', about: "the item's number, from 0", fields: [] },
  { name: 'total', type: 'number', sample: null, about: 'how many items there are', fields: [] },
]

function itemFields(sample: JsonObject | null, names: readonly string[]): readonly ScopeName[] {
  const known = sample === null ? [] : valueFields(sample)
  const seen = new Set(known.map(({ name }) => name))
  const others = names.filter((name) => !seen.has(name))
  return [...known, ...others.map((name): ScopeName => ({ name, type: null, sample: null, about: null, fields: [] }))]
}

function valueFields(value: JsonObject): readonly ScopeName[] {
  return Object.entries(value).map(([name, entry]) => ({
    name,
    type: typeOf(entry),
    sample: sampleText(entry),
    about: null,
    fields: isJsonObject(entry) ? valueFields(entry) : [],
  }))
}

function stageName(id: string, stage: Stage): ScopeName {
  switch (stage.kind) {
    case 'model': {
      const fields = stage.output === undefined ? [] : schemaFields(stage.output)
      const type =
        stage.output === undefined ? 'string' : typeof stage.output.type === 'string' ? stage.output.type : null
      return { name: id, type, sample: null, about: 'output of the stage', fields }
    }
    case 'transform':
      return {
        name: id,
        type: typeof stage.value === 'string' ? null : typeOf(stage.value),
        sample: null,
        about: 'output of the stage',
        fields: isJsonObject(stage.value) ? valueFields(stage.value).map((field) => ({ ...field, type: null })) : [],
      }
  }
}

function schemaFields(schema: JsonObject): readonly ScopeName[] {
  if (!isJsonObject(schema.properties)) return []
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    type: isJsonObject(property) && typeof property.type === 'string' ? property.type : null,
    sample: null,
    about: isJsonObject(property) && typeof property.description === 'string' ? property.description : null,
    fields: isJsonObject(property) ? schemaFields(property) : [],
  }))
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value
}

function sampleText(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** The stages that wait for `stage`, directly or not. */
function stagesBehind(graph: ChainGraph, stage: string): ReadonlySet<string> {
  const behind = new Set<string>()
  const queue = [stage]
  for (const at of queue)
    for (const [id, dependencies] of graph.dependencies)
      if (dependencies.includes(at) && !behind.has(id)) {
        behind.add(id)
        queue.push(id)
      }
  return behind
}
