import { type Source, sourceKind } from '../../../../shared/source.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { type FaceProblem, problemsAt } from './stageFace.ts'

/** What the source shows of itself on the canvas. */
export interface SourceFace {
  /** null: the chain names none; a launch then brings its own. */
  readonly kind: ReturnType<typeof sourceKind> | null
  readonly title: string
  readonly does: string
  readonly problems: readonly FaceProblem[]
}

export function sourceFace(source: Source | null, problems: readonly Problem[]): SourceFace {
  const found = problemsAt(problems, ['source'])
  if (source === null)
    return { kind: null, title: 'No source yet', does: 'Drop a folder or a file here', problems: found }
  return { kind: sourceKind(source), ...sourceWords(source), problems: found }
}

function sourceWords(source: Source): { title: string; does: string } {
  if ('folder' in source)
    return {
      title: source.folder,
      does: source.include?.join(', ') ?? (source.recursive === false ? 'its files' : 'all files'),
    }
  if ('csv' in source) return { title: source.csv, does: source.columns?.join(', ') ?? 'a row an item' }
  if ('jsonl' in source) return { title: source.jsonl, does: 'a line an item' }
  const texts = Array.isArray(source.text) ? source.text : [source.text]
  const first = (texts[0] ?? '').trim().replace(/\s+/g, ' ')
  return { title: texts.length === 1 ? 'One text' : `${texts.length} texts`, does: first === '' ? 'empty' : first }
}
