import type { Problem } from '../../../../shared/problem.ts'
import { DEFAULT_TIER, type ModelStage, type Stage, type StageKind } from '../../../../shared/stages.ts'
import type { PlacedStage } from '../../../../shared/stageTree.ts'
import { stageDoes } from './stageWords.ts'

/** What a stage shows of itself on the canvas. */
export interface StageFace {
  readonly id: string
  readonly kind: StageKind
  /** null: it calls no model, or its worker says which. */
  readonly tier: string | null
  /** One line: `→ product, problem`. */
  readonly does: string
  /** Short marks beside its name, such as `⊞ 10`. */
  readonly marks: readonly FaceMark[]
  readonly note: string | null
  /** `when`, as written; null: it always runs. */
  readonly when: string | null
  readonly problems: readonly FaceProblem[]
}

export interface FaceMark {
  readonly text: string
  /** In full, for the tooltip and for those who cannot see it. */
  readonly label: string
}

export interface FaceProblem {
  readonly severity: Problem['severity']
  readonly message: string
}

export function stageFace({ id, stage, path }: PlacedStage, problems: readonly Problem[]): StageFace {
  const own =
    stage.kind === 'map' ? problems.filter((problem) => !isBelow(problem.path, [...path, 'stages'])) : problems
  return {
    id,
    kind: stage.kind,
    tier: stage.kind === 'model' ? (stage.tier ?? (stage.worker === undefined ? DEFAULT_TIER : null)) : null,
    does: stageDoes(stage),
    marks: stage.kind === 'model' ? modelMarks(stage) : [],
    note: stage.note ?? null,
    when: stage.when ?? null,
    problems: [...problemsAt(own, path), ...emptyPrompt(stage)],
  }
}

function modelMarks({ pack, escalate }: ModelStage): readonly FaceMark[] {
  return [
    ...(pack === undefined || pack.size === 1
      ? []
      : [{ text: `⊞ ${pack.size}`, label: `Up to ${pack.size} items share a call` }]),
    ...(escalate === undefined
      ? []
      : [{ text: `↑ ${escalate}`, label: `What stays invalid is asked on tier ${escalate}` }]),
  ]
}

/** The document allows it, and the model would be sent nothing. */
function emptyPrompt(stage: Stage): readonly FaceProblem[] {
  if (stage.kind !== 'model' || stage.prompt?.trim() !== '') return []
  return [{ severity: 'warning', message: 'Its prompt is empty: draw a wire to it, or write one.' }]
}

type Path = readonly (string | number)[]

/** The problems at a path or below it. */
export function problemsAt(problems: readonly Problem[], path: Path): readonly FaceProblem[] {
  return problems.filter((problem) => isAt(problem.path, path)).map(({ severity, message }) => ({ severity, message }))
}

function isAt(place: Path, path: Path): boolean {
  return path.every((step, index) => place[index] === step)
}

/** Of a stage inside: those of its map's `stages` key itself are the map's own. */
function isBelow(place: Path, path: Path): boolean {
  return place.length > path.length && isAt(place, path)
}
