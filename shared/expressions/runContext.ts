import type { Environment, Focus } from 'jsonata'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/** When the run began, in Unix milliseconds: what expressions take for the time. Without a run, the epoch. */
export function runStart(focus: Focus): number {
  const run = rootScope(focus).run
  return isJsonObject(run) && typeof run.startedAt === 'number' ? run.startedAt : 0
}

/**
 * The next number in [0, 1) of this evaluation. It follows from the run's id and the numbers of the item, the element and
 * the group, so that an item worked out again comes out the same.
 */
export function nextRandom(focus: Focus): number {
  const base = baseOf(focus.environment)
  let next = generators.get(base)
  if (next === undefined) {
    next = mulberry32(hash(seedOf(rootScope(focus))))
    generators.set(base, next)
  }
  return next()
}

const generators = new WeakMap<Environment, () => number>()

/** JSONata keeps what belongs to one evaluation in a frame that every inner one knows as its base. */
function baseOf(environment: Environment): Environment {
  return 'base' in environment ? (environment.base as Environment) : environment
}

function rootScope({ environment }: Focus): JsonObject {
  const root: unknown = baseOf(environment).lookup('$')
  return isJsonObject(root) ? (root as JsonObject) : {}
}

function seedOf({ run, map, group }: JsonObject): string {
  const field = (value: Json | undefined, name: string) => (isJsonObject(value) ? (value[name] ?? null) : null)
  return JSON.stringify([field(run, 'id'), field(run, 'index'), field(map, 'index'), field(group, 'index')])
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  return state >>> 0
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
