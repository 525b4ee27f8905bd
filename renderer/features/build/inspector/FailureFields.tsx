import type { StageKind } from '../../../../shared/stages.ts'
import { stageHelp } from './fieldHelp.ts'
import { OnErrorField } from './OnErrorField.tsx'
import { NumberField } from './SimpleFields.tsx'
import { useStageDraft } from './useStageDraft.ts'
import { useStagePath } from './useStagePath.ts'

/** What happens when a call takes too long or goes wrong. */
export function FailureFields({ stage, kind }: { readonly stage: string; readonly kind: StageKind }) {
  const path = useStagePath(stage)
  const at = (...keys: readonly string[]) => [...path, ...keys]
  const { retry, timeout } = useStageDraft(stage)
  // What computes here is not tried again, and waits for nothing.
  const hasCalls = kind === 'model' || kind === 'fetch' || kind === 'chain'
  return (
    <>
      {kind !== 'map' && <OnErrorField path={at('onError')} kind={kind} />}
      {(hasCalls || retry !== undefined) && (
        <>
          <NumberField
            path={at('retry', 'attempts')}
            label="Attempts"
            help={stageHelp(kind, 'retry', 'attempts')}
            placeholder="3"
            whole
          />
          <NumberField
            path={at('retry', 'backoff')}
            label="First wait"
            help={stageHelp(kind, 'retry', 'backoff')}
            placeholder="1 s"
            suffix=" s"
          />
        </>
      )}
      {(hasCalls || timeout !== undefined) && (
        <NumberField
          path={at('timeout')}
          label="Timeout"
          help={stageHelp(kind, 'timeout')}
          placeholder="120 s"
          suffix=" s"
        />
      )}
    </>
  )
}
