import type { Chain } from '../../../../shared/chain.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { type Sink, type SinkKind, sinkKind, sinkPath } from '../../../../shared/sink.ts'
import { type FaceProblem, problemsAt } from './stageFace.ts'

/** What the end of the chain shows of itself: what an item's result is, and the file it goes to. */
export interface OutputFace {
  /** null: results stay in the app's database only. */
  readonly file: string | null
  readonly sink: SinkKind | null
  readonly does: string
  /** How the sink writes it: `a file an item`; null: as the kind says by itself. */
  readonly writes: string | null
  readonly problems: readonly FaceProblem[]
}

export function outputFace(chain: Chain, problems: readonly Problem[]): OutputFace {
  const { sink, output } = chain
  return {
    file: sink === undefined ? null : sinkPath(sink),
    sink: sink === undefined ? null : sinkKind(sink),
    does: output === undefined ? 'every last stage, by name' : outputSays(output),
    writes: sink === undefined ? null : sinkSays(sink),
    problems: [...problemsAt(problems, ['output']), ...problemsAt(problems, ['sink'])],
  }
}

function sinkSays(sink: Sink): string | null {
  if ('folder' in sink) return sink.name === undefined ? 'a file an item' : sink.name
  return 'document' in sink ? 'one document of all items' : null
}

function outputSays(output: unknown): string {
  if (typeof output === 'object' && output !== null && !Array.isArray(output)) return Object.keys(output).join(', ')
  return typeof output === 'string' ? output.trim() : JSON.stringify(output)
}
