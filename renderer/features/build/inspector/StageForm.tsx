import type { ReactNode } from 'react'
import { assertNever } from '../../../../shared/assertNever.ts'
import type { StageKind } from '../../../../shared/stages.ts'
import { FailureFields } from './FailureFields.tsx'
import { FlowFields } from './FlowFields.tsx'
import { stageHelp } from './fieldHelp.ts'
import classes from './inspector.module.css'
import { ChainStageFields } from './kinds/ChainStageFields.tsx'
import { ChunkFields } from './kinds/ChunkFields.tsx'
import { FetchFields } from './kinds/FetchFields.tsx'
import { FetchLimits } from './kinds/FetchLimits.tsx'
import { GatherFields } from './kinds/GatherFields.tsx'
import { GatherMembers } from './kinds/GatherMembers.tsx'
import { MapFields } from './kinds/MapFields.tsx'
import { ModelFields } from './kinds/ModelFields.tsx'
import { ModelSections } from './kinds/ModelSections.tsx'
import { TransformFields } from './kinds/TransformFields.tsx'
import { Section } from './Section.tsx'
import { NoteField } from './SimpleFields.tsx'
import { StageIdField } from './StageIdField.tsx'
import { failureSays, flowSays } from './sectionSays.ts'
import { useStageDraft } from './useStageDraft.ts'
import { useStagePath } from './useStagePath.ts'
import { WiresField } from './WiresField.tsx'

/** Every key of a stage, the rare ones folded. */
export function StageForm({ stage, kind }: { readonly stage: string; readonly kind: StageKind }) {
  const path = useStagePath(stage)
  const draft = useStageDraft(stage)
  const flow = flowSays(draft)
  return (
    <>
      <div className={classes.fields} style={{ paddingBottom: 16 }}>
        <StageIdField stage={stage} />
        <WiresField node={stage} />
        {kindFields(stage, kind)}
      </div>
      {kindSections(stage, kind)}
      <Section title="When it runs" summary={flow} startsOpen={flow !== ''}>
        <FlowFields stage={stage} kind={kind} />
      </Section>
      {(kind !== 'map' || draft.retry !== undefined || draft.timeout !== undefined) && (
        <Section title="When it fails" summary={kind === 'map' ? '' : failureSays(draft)}>
          <FailureFields stage={stage} kind={kind} />
        </Section>
      )}
      <Section title="Note" summary={typeof draft.note === 'string' ? draft.note : ''}>
        <NoteField path={[...path, 'note']} label="Note" help={stageHelp(kind, 'note')} />
      </Section>
    </>
  )
}

function kindFields(stage: string, kind: StageKind): ReactNode {
  switch (kind) {
    case 'model':
      return <ModelFields stage={stage} />
    case 'transform':
      return <TransformFields stage={stage} />
    case 'chunk':
      return <ChunkFields stage={stage} />
    case 'map':
      return <MapFields stage={stage} />
    case 'gather':
      return <GatherFields stage={stage} />
    case 'fetch':
      return <FetchFields stage={stage} />
    case 'chain':
      return <ChainStageFields stage={stage} />
    default:
      return assertNever(kind)
  }
}

/** What a kind has beyond the common folded parts. */
function kindSections(stage: string, kind: StageKind): ReactNode {
  if (kind === 'model') return <ModelSections stage={stage} />
  if (kind === 'gather') return <GatherMembers stage={stage} />
  return kind === 'fetch' ? <FetchLimits stage={stage} /> : null
}
