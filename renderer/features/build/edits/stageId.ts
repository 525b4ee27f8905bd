import { type Chain, RESERVED_NAMES } from '../../../../shared/chain.ts'
import { allStages } from '../../../../shared/stageTree.ts'

/** Ids that another stage has, wherever it stands: an id names one stage of the whole chain. */
export function takenIds(chain: Chain, stage: string): readonly string[] {
  return allStages(chain)
    .map(({ id }) => id)
    .filter((id) => id !== stage)
}

/** Why a text cannot be the id of a stage; null: it can. `taken`: ids of the other stages. */
export function stageIdProblem(id: string, taken: readonly string[]): string | null {
  if (id.trim() === '') return 'A stage needs an id.'
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(id)) return 'An id starts with a letter and holds letters, digits and _ only.'
  if ((RESERVED_NAMES as readonly string[]).includes(id)) return `\`${id}\` is a name that expressions already use.`
  if (taken.includes(id)) return `There is a stage \`${id}\` already.`
  return null
}
