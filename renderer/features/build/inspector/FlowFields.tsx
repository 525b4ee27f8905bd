import { MultiSelect } from '@mantine/core'
import { useMemo } from 'react'
import type { StageKind } from '../../../../shared/stages.ts'
import { allStages, findStage } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { asTexts } from './chainDraft.ts'
import { ExpressionField } from './ExpressionField.tsx'
import { stageHelp } from './fieldHelp.ts'
import { HELP_BENEATH } from './helpBeneath.ts'
import { helpText } from './helpText.tsx'
import { useField } from './useField.ts'
import { useStagePath } from './useStagePath.ts'

/** When a stage runs: its condition, and what it waits for. */
export function FlowFields({ stage, kind }: { readonly stage: string; readonly kind: StageKind }) {
  const path = useStagePath(stage)
  const after = useField([...path, 'after'], 'what it waits for')
  const chain = useChainStore((state) => state.good?.chain)
  // Only stages beside it can come before it.
  const others = useMemo(() => {
    const map = chain === undefined ? null : (findStage(chain, stage)?.map ?? null)
    const beside = chain === undefined ? [] : allStages(chain).filter((other) => other.map === map)
    return beside.map(({ id }) => id).filter((id) => id !== stage)
  }, [chain, stage])
  const chosen = [...asTexts(after.value)]
  return (
    <>
      {kind !== 'gather' && (
        <ExpressionField
          path={[...path, 'when']}
          stage={stage}
          label="Only when"
          help={stageHelp(kind, 'when')}
          placeholder="classify.category != 'other'"
          bare
        />
      )}
      <MultiSelect
        label="After"
        description={helpText(stageHelp(kind, 'after'))}
        {...HELP_BENEATH}
        placeholder={chosen.length === 0 ? 'No further stage' : ''}
        data={[...new Set([...others, ...chosen])]}
        value={chosen}
        error={after.problem}
        onChange={(ids) => after.set(ids.length === 0 ? undefined : ids)}
      />
    </>
  )
}
