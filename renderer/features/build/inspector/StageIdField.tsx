import { useChainStore } from '../../../stores/chainStore.ts'
import { NameInput } from '../../../ui/NameInput.tsx'
import { renameStage } from '../commands/stageCommands.ts'
import { stageIdProblem, takenIds } from '../edits/stageId.ts'
import { renameFieldProps } from './renameFocus.ts'

/** The stage's id. Renaming follows every reference to it. */
export function StageIdField({ stage }: { readonly stage: string }) {
  const chain = useChainStore((state) => state.good?.chain)
  const taken = chain === undefined ? [] : takenIds(chain, stage)
  return (
    <NameInput
      withLabel
      label="Id"
      value={stage}
      taken={taken}
      problemOf={(id) => stageIdProblem(id, taken)?.replaceAll('`', '') ?? null}
      onRename={(to) => renameStage(stage, to)}
      fieldProps={renameFieldProps}
    />
  )
}
