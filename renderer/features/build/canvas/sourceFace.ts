import type { Problem } from '../../../../shared/problem.ts'
import {
  namedSourcesOf,
  type SingleSource,
  type Source,
  type SourceKind,
  sourceKind,
} from '../../../../shared/source.ts'
import { type FaceProblem, problemsAt } from './stageFace.ts'

/** What the source shows of itself on the canvas. */
export interface SourceFace {
  /** null: the chain names none; a launch then brings its own. */
  readonly kind: SourceKind | 'several' | null
  readonly title: string
  readonly does: string
  /** Of several sources: one line each. */
  readonly lines: readonly { readonly name: string; readonly from: string; readonly kind: SourceKind }[]
  readonly problems: readonly FaceProblem[]
}

export function sourceFace(source: Source | null, problems: readonly Problem[]): SourceFace {
  const found = problemsAt(problems, ['source'])
  if (source === null)
    return { kind: null, title: 'No source yet', does: 'Drop a folder or a file here', lines: [], problems: found }
  const named = namedSourcesOf(source)
  if (named === null)
    return { kind: sourceKind(source), ...sourceWords(source as SingleSource), lines: [], problems: found }
  const lines = Object.entries(named).map(([name, each]) => ({
    name,
    from: sourceWords(each).title,
    kind: singleKind(each),
  }))
  const title = lines.length === 1 ? 'One named source' : `${lines.length} sources`
  return { kind: 'several', title, does: 'by name, for Gather to match', lines, problems: found }
}

function singleKind(source: SingleSource): SourceKind {
  const kind = sourceKind(source)
  return kind === 'several' ? 'text' : kind
}

function sourceWords(source: SingleSource): { title: string; does: string } {
  if ('folder' in source) return { title: source.folder, does: filesSay(source) }
  if ('watch' in source) return { title: source.watch, does: 'new files, until stopped' }
  if ('csv' in source) return { title: source.csv, does: source.columns?.join(', ') ?? 'a row an item' }
  if ('tsv' in source) return { title: source.tsv, does: source.columns?.join(', ') ?? 'a row an item' }
  if ('jsonl' in source) return { title: source.jsonl, does: 'a line an item' }
  if ('json' in source)
    return {
      title: source.json,
      does: source.path === undefined ? 'an entry an item' : `${source.path}, an entry an item`,
    }
  if ('xlsx' in source)
    return { title: source.xlsx, does: source.sheet === undefined ? 'a row an item' : `sheet ${source.sheet}` }
  if ('urls' in source)
    return typeof source.urls === 'string'
      ? { title: source.urls, does: 'a web page an item' }
      : {
          title: source.urls.length === 1 ? 'One address' : `${source.urls.length} addresses`,
          does: source.urls[0] ?? '',
        }
  if ('lines' in source)
    return { title: source.lines, does: source.pattern === undefined ? 'a line an item' : 'a record an item' }
  const texts = Array.isArray(source.text) ? source.text : [source.text]
  const first = (texts[0] ?? '').trim().replace(/\s+/g, ' ')
  return { title: texts.length === 1 ? 'One text' : `${texts.length} texts`, does: first === '' ? 'empty' : first }
}

function filesSay({ include, recursive }: { include?: string[] | undefined; recursive?: boolean | undefined }): string {
  return include?.join(', ') ?? (recursive === false ? 'its files' : 'all files')
}
