import { SegmentedControl } from '@mantine/core'
import type { StageKind } from '../../../../shared/stages.ts'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { asDraft } from './chainDraft.ts'
import { stageHelp } from './fieldHelp.ts'
import { type FieldPath, useField } from './useField.ts'
import { YamlEditor } from './YamlEditor.tsx'

type OnError = 'fail' | 'skip' | 'value'

/** What a failed stage does to its item. */
export function OnErrorField({ path, kind: stageKind }: { readonly path: FieldPath; readonly kind: StageKind }) {
  const field = useField(path, 'what happens on an error')
  const kind: OnError = field.value === 'skip' ? 'skip' : 'value' in asDraft(field.value) ? 'value' : 'fail'

  function choose(next: OnError): void {
    if (next === 'fail') field.set(undefined)
    else field.set(next === 'skip' ? 'skip' : { value: null })
  }

  return (
    <FieldFrame label="After the last attempt" help={stageHelp(stageKind, 'onError')} problem={field.problem}>
      <SegmentedControl
        fullWidth
        aria-label="After the last attempt"
        mb={kind === 'value' ? 8 : 0}
        value={kind}
        onChange={(next) => choose(next as OnError)}
        data={[
          { value: 'fail', label: 'Fail the item' },
          { value: 'skip', label: 'Skip' },
          { value: 'value', label: 'Use a value' },
        ]}
      />
      {kind === 'value' && <YamlEditor path={[...path, 'value']} label="Value in place of the output" />}
    </FieldFrame>
  )
}
