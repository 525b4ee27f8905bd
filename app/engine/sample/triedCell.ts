import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { TriedCell, TriedStage } from '../../../shared/triedCell.ts'
import { addUsage, NO_USAGE, type Usage } from '../../../shared/usage.ts'
import type { AttemptRecord, ItemRecord } from '../../ports/runStore.ts'
import { readStored } from '../results/storedJson.ts'

export type CellName = Pick<TriedCell, 'item' | 'variant' | 'repeat' | 'run'>

/** What a test run came to. `attempts`: of all its lanes; `record`: of its item, or of the group that its item went into. */
export function triedCell(
  name: CellName,
  { record, attempts }: { readonly record: ItemRecord | null; readonly attempts: readonly AttemptRecord[] },
): TriedCell {
  const asked = attempts.filter(({ forgotten, outcome }) => !forgotten && outcome.status !== 'running')
  const stages: { [path: string]: TriedStage } = {}
  const byPath = new Map<string, AttemptRecord[]>()
  for (const attempt of asked) {
    if (attempt.tier === null) continue
    const path = withoutNumbers(attempt.stage)
    byPath.set(path, [...(byPath.get(path) ?? []), attempt])
  }
  for (const [path, own] of byPath) stages[path] = triedStage(path, own)
  const calls = Object.values(stages)
  return {
    ...name,
    status: record === null ? 'failed' : statusOf(record.status),
    output: record === null ? null : outputOf(record),
    error: record?.error ?? null,
    latencyMs: sum(calls.map(({ latencyMs }) => latencyMs)),
    usage: calls.reduce<Usage>((all, { usage }) => addUsage(all, usage), NO_USAGE),
    costMicros: sumKnown(calls.map(({ costMicros }) => costMicros)),
    remembered: asked.length > 0 && asked.every(({ purpose }) => purpose === 'remembered'),
    attempts: sum(calls.map(({ attempts: count }) => count)),
    isValid: calls.every(({ isValid }) => isValid) && record?.status !== 'failed',
    stages,
  }
}

function triedStage(path: string, attempts: readonly AttemptRecord[]): TriedStage {
  const last = attempts.at(-1)
  const answered = attempts.findLast(({ outcome }) => outcome.status === 'succeeded')?.outcome
  return {
    stage: path.split('/').at(-1) ?? path,
    tier: last?.tier ?? '',
    model: last?.model ?? '',
    questions: new Set(attempts.map(({ stage }) => stage)).size,
    attempts: attempts.length,
    usage: attempts.reduce<Usage>((all, { usage }) => addUsage(all, usage ?? NO_USAGE), NO_USAGE),
    // A call that failed without using a token cost nothing.
    costMicros: sumKnown(attempts.map(({ costMicros, usage }) => (usage === null ? 0 : costMicros))),
    latencyMs: sum(attempts.map(({ latencyMs }) => latencyMs ?? 0)),
    output: answered?.status === 'succeeded' ? answered.output : null,
    isValid: !attempts.some(({ outcome }) => outcome.status === 'failed' && outcome.failure.kind === 'invalid_output'),
  }
}

/** `sections/3/draft` → `sections/draft`. */
function withoutNumbers(path: string): string {
  return path
    .split('/')
    .filter((part) => !/^\d+$/.test(part))
    .join('/')
}

function statusOf(status: ItemRecord['status']): TriedCell['status'] {
  if (status === 'succeeded' || status === 'gathered') return 'succeeded'
  return status === 'skipped' ? 'skipped' : 'failed'
}

function outputOf({ status, outputJson }: ItemRecord): Json {
  const output = readStored(outputJson)
  return status === 'gathered' && isJsonObject(output) ? (output.value ?? null) : output
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function sumKnown(values: readonly (number | null)[]): number | null {
  return values.reduce((all, value) => (all === null || value === null ? null : all + value), 0)
}
