import type { StageKind } from '../../../../shared/stages.ts'
import { stageHelp } from './fieldHelp.ts'
import { OnErrorField } from './OnErrorField.tsx'
import { NumberField } from './SimpleFields.tsx'

/** What happens when a call takes too long or goes wrong. */
export function FailureFields({ stage, kind }: { readonly stage: string; readonly kind: StageKind }) {
  const at = (...keys: readonly string[]) => ['stages', stage, ...keys]
  return (
    <>
      <OnErrorField stage={stage} />
      <NumberField
        path={at('retry', 'attempts')}
        label="Attempts"
        help="Calls at the most for one item, the first included."
        placeholder="3"
        whole
      />
      <NumberField
        path={at('retry', 'backoff')}
        label="First wait"
        help="Before the second call; doubles each time."
        placeholder="1 s"
        suffix=" s"
      />
      <NumberField
        path={at('timeout')}
        label="Timeout"
        help={stageHelp(kind, 'timeout')}
        placeholder="120 s"
        suffix=" s"
      />
    </>
  )
}
