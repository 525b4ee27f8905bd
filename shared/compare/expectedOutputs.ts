import type { Suite } from '../evaluations/suite.ts'
import { matchExpected } from '../judging/matchExpected.ts'
import type { Expected } from './summarizeVariant.ts'

/** What a suite expects of the items of a source. `stage`: whose outputs are compared; null: those of the whole chain. */
export function expectedOutputs({ cases, match = 'exact' }: Suite, stage: string | null): Expected {
  return new Map(
    cases.flatMap(({ item, expected, stage: ofStage = null, match: own = match }) =>
      item === undefined || expected === undefined || ofStage !== stage
        ? []
        : [[String(item), (output) => matchExpected(output, expected, own).passed] as const],
    ),
  )
}
