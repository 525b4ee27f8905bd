import { Switch } from '@mantine/core'
import { asDraft } from '../chainDraft.ts'
import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { NumberField } from '../SimpleFields.tsx'
import { useField } from '../useField.ts'
import { useStagePath } from '../useStagePath.ts'

const FIRST_SIZE = 10

/** Whether several items share a call, and how many. */
export function PackFields({ stage }: { readonly stage: string }) {
  const path = [...useStagePath(stage), 'pack']
  const field = useField(path, 'the shared calls')
  const isShared = field.value !== undefined
  const at = (key: string) => [...path, key]
  return (
    <>
      <Switch
        size="xs"
        label="Several items share a call"
        description={stageHelp('model', 'pack')}
        checked={isShared}
        error={'size' in asDraft(field.value) || !isShared ? null : field.problem}
        onChange={(event) => field.set(event.currentTarget.checked ? { size: FIRST_SIZE } : undefined)}
      />
      {isShared && (
        <>
          <NumberField
            path={at('size')}
            label="Items a call"
            help={stageHelp('model', 'pack', 'size')}
            placeholder={String(FIRST_SIZE)}
            whole
            isNeeded
          />
          <NumberField
            path={at('maxInputTokens')}
            label="Longest call"
            help={stageHelp('model', 'pack', 'maxInputTokens')}
            placeholder="as the model has it"
            whole
            step={1000}
            suffix=" tokens"
          />
          <NumberField
            path={at('within')}
            label="Wait"
            help={stageHelp('model', 'pack', 'within')}
            placeholder="until nothing else can come"
            suffix=" s"
          />
          <ExpressionField
            path={at('groupBy')}
            stage={stage}
            label="Keep apart by"
            help={stageHelp('model', 'pack', 'groupBy')}
            placeholder="item.customer"
            bare
          />
        </>
      )}
    </>
  )
}
