import { useChainStore } from '../../../stores/chainStore.ts'
import { NameInput } from '../../../ui/NameInput.tsx'
import { renameStage } from '../commands/stageCommands.ts'
import { stageIdProblem } from '../edits/stageId.ts'
import { renameFieldProps } from './renameFocus.ts'

/** The stage's id. Renaming follows every reference to it. */
export function StageIdField({ stage }: { readonly stage: string }) {
  const stages = useChainStore((state) => state.good?.chain.stages)
  const taken = Object.keys(stages ?? {}).filter((id) => id !== stage)
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
