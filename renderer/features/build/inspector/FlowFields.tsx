import { MultiSelect } from '@mantine/core'
import type { StageKind } from '../../../../shared/stages.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { TemplateEditor } from '../prompt/TemplateEditor.tsx'
import { asText, asTexts } from './chainDraft.ts'
import { FieldFrame } from './FieldFrame.tsx'
import { stageHelp } from './fieldHelp.ts'
import { useField } from './useField.ts'

/** When a stage runs: its condition, and what it waits for. */
export function FlowFields({ stage, kind }: { readonly stage: string; readonly kind: StageKind }) {
  const when = useField(['stages', stage, 'when'], 'the condition')
  const after = useField(['stages', stage, 'after'], 'what it waits for')
  const stages = useChainStore((state) => state.good?.chain.stages)
  const chosen = [...asTexts(after.value)]
  const others = Object.keys(stages ?? {}).filter((id) => id !== stage)
  return (
    <>
      <FieldFrame label="Only when" help={stageHelp(kind, 'when')} problem={when.problem}>
        <TemplateEditor
          path={['stages', stage, 'when']}
          stage={stage}
          label="Only when"
          placeholder="classify.category != 'other'"
          bare
          oneLine
          value={asText(when.value)}
          onChange={(text) => when.set(text.trim() === '' ? undefined : text)}
        />
      </FieldFrame>
      <MultiSelect
        label="After"
        description={stageHelp(kind, 'after')}
        placeholder={chosen.length === 0 ? 'No further stage' : ''}
        data={[...new Set([...others, ...chosen])]}
        value={chosen}
        error={after.problem}
        onChange={(ids) => after.set(ids.length === 0 ? undefined : ids)}
      />
    </>
  )
}
