import { stageHelp } from '../fieldHelp.ts'
import { useStagePath } from '../useStagePath.ts'
import { ValueField } from '../ValueField.tsx'

export function TransformFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  return (
    <ValueField
      path={[...path, 'value']}
      stage={stage}
      label="Value"
      newKey="value"
      help={stageHelp('transform', 'value')}
    />
  )
}
