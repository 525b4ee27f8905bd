import { asText } from '../chainDraft.ts'
import { stageHelp } from '../fieldHelp.ts'
import { Section } from '../Section.tsx'
import { NumberField } from '../SimpleFields.tsx'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'

export function FetchLimits({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const { maxBytes } = useStageDraft(stage)
  return (
    <Section title="Limits" summary={maxBytes === undefined ? '' : `${asText(maxBytes)} bytes`}>
      <NumberField
        path={[...path, 'maxBytes']}
        label="Longest answer"
        help={stageHelp('fetch', 'maxBytes')}
        placeholder="5,000,000 bytes"
        whole
        step={100_000}
        suffix=" bytes"
      />
    </Section>
  )
}
