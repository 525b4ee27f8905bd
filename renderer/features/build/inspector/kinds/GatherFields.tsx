import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { NumberField } from '../SimpleFields.tsx'
import { useStagePath } from '../useStagePath.ts'

/** When a group is released, and which items belong together. */
export function GatherFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  return (
    <>
      <NumberField
        path={[...path, 'size']}
        label="Group size"
        help={stageHelp('gather', 'size')}
        placeholder="no bound"
        whole
      />
      <NumberField
        path={[...path, 'within']}
        label="Released after"
        help={stageHelp('gather', 'within')}
        placeholder="not by time"
        suffix=" s"
      />
      <ExpressionField
        path={[...path, 'key']}
        stage={stage}
        label="Together by"
        help={stageHelp('gather', 'key')}
        placeholder="item.customer"
        bare
      />
    </>
  )
}
