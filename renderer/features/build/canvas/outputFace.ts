import type { Chain } from '../../../../shared/chain.ts'
import { sinkKind } from '../../../../shared/sink.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { type FaceProblem, problemsAt } from './stageFace.ts'

/** What the end of the chain shows of itself: what an item's result is, and the file it goes to. */
export interface OutputFace {
  /** null: results stay in the app's database only. */
  readonly file: string | null
  readonly sink: ReturnType<typeof sinkKind> | null
  readonly does: string
  readonly problems: readonly FaceProblem[]
}

export function outputFace(chain: Chain, problems: readonly Problem[]): OutputFace {
  const { sink, output } = chain
  return {
    file: sink === undefined ? null : 'jsonl' in sink ? sink.jsonl : sink.csv,
    sink: sink === undefined ? null : sinkKind(sink),
    does: output === undefined ? 'every last stage, by name' : outputSays(output),
    problems: [...problemsAt(problems, ['output']), ...problemsAt(problems, ['sink'])],
  }
}

function outputSays(output: unknown): string {
  if (typeof output === 'object' && output !== null && !Array.isArray(output)) return Object.keys(output).join(', ')
  return typeof output === 'string' ? output.trim() : JSON.stringify(output)
}
