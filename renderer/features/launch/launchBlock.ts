import type { Problem } from '../../../shared/problem.ts'
import { outputProblem } from './launchDraft.ts'
import type { PreviewState } from './useSourcePreview.ts'

/** Why nothing can be launched now, in a few words beside the button; null: it can. */
export function launchBlock(now: {
  problems: readonly Problem[]
  preview: PreviewState
  items: number | null
  /** null: the chain's own sink writes documents. */
  output: string | null
  /** Params without a right value. */
  params: readonly string[]
}): string | null {
  const errors = now.problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0) return errors === 1 ? 'The chain has an error.' : `The chain has ${errors} errors.`
  if (now.preview.status === 'none') return 'Choose where the items come from.'
  if (now.preview.status === 'loading') return 'Counting the items…'
  if (now.preview.status === 'failed') return 'The items cannot be read.'
  if (now.items === 0) return 'There are no items.'
  const [param] = now.params
  if (param !== undefined) return `The param ${param} needs a value.`
  if (now.output !== null && outputProblem(now.output) !== null) return 'The results need a file name.'
  return null
}
