import type { StageKind } from '../../../../shared/stages.ts'
import { PromptField } from '../prompt/PromptField.tsx'
import { asDraft, type Draft } from './chainDraft.ts'
import { FailureFields } from './FailureFields.tsx'
import { FieldFrame } from './FieldFrame.tsx'
import { FlowFields } from './FlowFields.tsx'
import { stageHelp } from './fieldHelp.ts'
import classes from './inspector.module.css'
import { OutputField } from './OutputField.tsx'
import { Section } from './Section.tsx'
import { NoteField, NumberField } from './SimpleFields.tsx'
import { StageIdField } from './StageIdField.tsx'
import { TierField } from './TierField.tsx'
import { useDraft, useField } from './useField.ts'
import { ValueField } from './ValueField.tsx'
import { WiresField } from './WiresField.tsx'
import { YamlEditor } from './YamlEditor.tsx'

/** Every key of a stage, the rare ones folded. */
export function StageForm({ stage, kind }: { readonly stage: string; readonly kind: StageKind }) {
  const draft = asDraft(asDraft(useDraft().stages)[stage])
  const sections = sectionsOf(draft)
  return (
    <>
      <div className={classes.fields} style={{ paddingBottom: 16 }}>
        <StageIdField stage={stage} />
        {kind === 'model' && <TierField stage={stage} />}
        <WiresField node={stage} />
        {kind === 'model' ? <ModelFields stage={stage} /> : <TransformFields stage={stage} />}
      </div>
      {kind === 'model' && (
        <Section title="Model" summary={sections.model} startsOpen={sections.model !== ''}>
          <SamplingFields stage={stage} />
        </Section>
      )}
      <Section title="When it runs" summary={sections.flow} startsOpen={sections.flow !== ''}>
        <FlowFields stage={stage} kind={kind} />
      </Section>
      <Section title="When it fails" summary={sections.failure}>
        <FailureFields stage={stage} kind={kind} />
      </Section>
      <Section title="Note" summary={typeof draft.note === 'string' ? draft.note : ''}>
        <NoteField path={['stages', stage, 'note']} label="Note" help={stageHelp(kind, 'note')} />
      </Section>
    </>
  )
}

function ModelFields({ stage }: { readonly stage: string }) {
  const at = (key: string) => ['stages', stage, key]
  return (
    <>
      <PromptField
        path={at('instructions')}
        stage={stage}
        label="Instructions"
        placeholder="You extract facts from a support ticket."
      />
      <PromptField
        path={at('prompt')}
        stage={stage}
        label="Prompt"
        placeholder={'Summarise this:\n\n{{ item.text }}'}
      />
      <ValueField
        path={at('input')}
        stage={stage}
        label="Input"
        newKey="text"
        help="What the model is given, as JSON, where there is no prompt; without either, the item."
      />
      <OutputField path={at('output')} />
    </>
  )
}

function TransformFields({ stage }: { readonly stage: string }) {
  return (
    <ValueField
      path={['stages', stage, 'value']}
      stage={stage}
      label="Value"
      newKey="value"
      help={stageHelp('transform', 'value')}
    />
  )
}

function SamplingFields({ stage }: { readonly stage: string }) {
  const at = (key: string) => ['stages', stage, key]
  const parameters = useField(at('parameters'), 'the parameters')
  return (
    <>
      <NumberField
        path={at('maxTokens')}
        label="Longest answer"
        help={stageHelp('model', 'maxTokens')}
        placeholder="as the tier says"
        whole
        step={100}
        suffix=" tokens"
      />
      <NumberField
        path={at('temperature')}
        label="Temperature"
        help={stageHelp('model', 'temperature')}
        placeholder="as the model has it"
        step={0.1}
      />
      <NumberField path={at('repair')} label="Repair turns" help={stageHelp('model', 'repair')} placeholder="1" whole />
      <FieldFrame label="Parameters" help={stageHelp('model', 'parameters')} problem={parameters.problem}>
        <YamlEditor path={at('parameters')} label="Parameters" />
      </FieldFrame>
    </>
  )
}

/** What is set in the folded parts, in a few words; empty: nothing. */
function sectionsOf(draft: Draft): { model: string; flow: string; failure: string } {
  const { maxTokens, temperature, parameters, repair, when, after, onError, retry, timeout } = draft
  const said = (...parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(', ')
  return {
    model: said(
      maxTokens === undefined ? null : `${String(maxTokens)} tokens`,
      temperature === undefined ? null : `temperature ${String(temperature)}`,
      repair === undefined ? null : `${String(repair)} repair`,
      parameters === undefined ? null : Object.keys(asDraft(parameters)).join(', '),
    ),
    flow: said(
      typeof when === 'string' ? when.replace(/^\{\{\s*|\s*\}\}$/g, '') : null,
      Array.isArray(after) ? `after ${after.join(', ')}` : null,
    ),
    failure: said(
      onError === undefined ? null : typeof onError === 'string' ? onError : 'use a value',
      retry === undefined ? null : `${String(asDraft(retry).attempts ?? 3)} attempts`,
      timeout === undefined ? null : `${String(timeout)} s`,
    ),
  }
}
