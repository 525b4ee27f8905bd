import type { ChainGraph } from '../graph.ts'
import type { Json } from '../json.ts'
import type { TriedCell, TriedStage } from '../triedCell.ts'
import type { ComparedRow } from './compareRows.ts'
import { meanCost } from './foldTries.ts'
import { isSameOutput } from './sameOutput.ts'

/** One model stage of one variant, held against the reference item by item. */
export interface StageTries {
  readonly variant: string
  readonly tier: string
  /** Items in which both were asked the same, and the reference answered. */
  readonly held: number
  /** Of those: the answers are the same. */
  readonly agreeing: number
  /** Of those: this one's answer did not fit its schema, whatever was tried. */
  readonly unfit: number
  /** Items in which both were asked, but not the same: what the stage builds on differed. */
  readonly unlike: number
  /** Millionths of a dollar for 1,000 items, of which not every one need come so far; null: not known. */
  readonly costMicrosPer1000: number | null
  /** Its answers hold free text, which is hardly ever the same word for word. */
  readonly isText: boolean
}

/** Of one stage in one variant. null: it was never asked there. `before`: model stages that it builds on. */
export function stageTries(
  rows: readonly ComparedRow[],
  names: {
    readonly path: string
    readonly variant: string
    readonly reference: string
    readonly before: readonly string[]
  },
): StageTries | null {
  const { path, variant, reference, before } = names
  const asked: TriedStage[] = []
  let [items, held, agreeing, unfit, unlike, texts] = [0, 0, 0, 0, 0, 0]
  for (const { cells } of rows) {
    const own = endedTry(cells, variant)
    const stage = own?.stages[path]
    if (own !== null && own.error?.kind !== 'source') items++
    if (own === null || stage === undefined) continue
    asked.push(stage)
    const ofReference = endedTry(cells, reference)
    const expected = ofReference?.stages[path]
    if (ofReference === null || expected === undefined || expected.output === null) continue
    if (!before.every((other) => isAlike(own, ofReference, other))) {
      unlike++
      continue
    }
    held++
    if (holdsText(expected.output)) texts++
    if (stage.output === null) {
      if (own.error?.kind === 'invalid_output') unfit++
    } else if (isSameOutput(stage.output, expected.output)) agreeing++
  }
  const [first] = asked
  if (first === undefined) return null
  const cost = meanCost(asked)
  const costMicrosPer1000 = cost === null ? null : ((cost * asked.length) / items) * 1000
  return { variant, tier: first.tier, held, agreeing, unfit, unlike, costMicrosPer1000, isText: texts * 2 > held }
}

/** Model stages, by their paths in a cell, whose answers reach a stage. */
export function stagesBefore(graph: ChainGraph, path: string, paths: readonly string[]): readonly string[] {
  const [top = path] = path.split('/')
  const reached = new Set<string>()
  const visit = (id: string): void => {
    for (const other of graph.dependencies.get(id) ?? []) {
      if (reached.has(other)) continue
      reached.add(other)
      visit(other)
    }
  }
  visit(top)
  return paths.filter((other) => {
    const [otherTop = other] = other.split('/')
    if (reached.has(otherTop)) return true
    return other !== path && otherTop === top && comesBefore(graph, last(other), last(path))
  })
}

/** Within one map: from the stage itself over all that it waits for. */
function comesBefore(graph: ChainGraph, before: string, stage: string): boolean {
  const group = [...graph.inside.values()].find(({ order }) => order.includes(stage))
  const direct = group?.dependencies.get(stage) ?? []
  return direct.some((id) => id === before || comesBefore(graph, before, id))
}

function last(path: string): string {
  return path.split('/').at(-1) ?? path
}

/** A shorter one is rather a name, a category, a date. */
const LEAST_TEXT = 60

function holdsText(value: Json): boolean {
  if (typeof value === 'string') return value.length >= LEAST_TEXT
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsText)
}

function endedTry(cells: ComparedRow['cells'], variant: string): TriedCell | null {
  const first = cells.find((cell) => cell?.variant === variant)?.tries[0]
  return first === undefined || first.status === 'running' ? null : first
}

function isAlike(own: TriedCell, other: TriedCell, path: string): boolean {
  const [a, b] = [own.stages[path], other.stages[path]]
  return a === undefined || b === undefined ? a === b : isSameOutput(a.output, b.output)
}
