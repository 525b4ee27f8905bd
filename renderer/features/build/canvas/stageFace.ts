import { DEFAULT_TIER, type Stage, type StageKind } from '../../../../shared/stages.ts'
import type { Problem } from '../../../../shared/problem.ts'

/** What a stage shows of itself on the canvas. */
export interface StageFace {
  readonly id: string
  readonly kind: StageKind
  /** null: it calls no model. */
  readonly tier: string | null
  /** One line: `→ product, problem`. */
  readonly does: string
  readonly note: string | null
  /** `when`, as written; null: it always runs. */
  readonly when: string | null
  readonly problems: readonly FaceProblem[]
}

export interface FaceProblem {
  readonly severity: Problem['severity']
  readonly message: string
}

export function stageFace(id: string, stage: Stage, problems: readonly Problem[]): StageFace {
  return {
    id,
    kind: stage.kind,
    tier: stage.kind === 'model' ? (stage.tier ?? DEFAULT_TIER) : null,
    does: stageDoes(stage),
    note: stage.note ?? null,
    when: stage.when ?? null,
    problems: [...problemsAt(problems, ['stages', id]), ...emptyPrompt(stage)],
  }
}

/** The document allows it, and the model would be sent nothing. */
function emptyPrompt(stage: Stage): readonly FaceProblem[] {
  if (stage.kind !== 'model' || stage.prompt?.trim() !== '') return []
  return [{ severity: 'warning', message: 'Its prompt is empty: draw a wire to it, or write one.' }]
}

/** The problems at a path or below it. */
export function problemsAt(problems: readonly Problem[], path: readonly (string | number)[]): readonly FaceProblem[] {
  return problems
    .filter((problem) => path.every((step, index) => problem.path[index] === step))
    .map(({ severity, message }) => ({ severity, message }))
}

function stageDoes(stage: Stage): string {
  switch (stage.kind) {
    case 'model':
      return `→ ${stage.output === undefined ? 'text' : schemaSays(stage.output)}`
    case 'transform':
      return `→ ${valueSays(stage.value)}`
  }
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
  if (typeof value === 'object' && value !== null) return Object.keys(value).join(', ') || 'an empty object'
  return JSON.stringify(value)
}
