import { ChoiceField } from '../ChoiceField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { SchemaField } from '../SchemaField.tsx'
import { Section } from '../Section.tsx'
import { NumberField } from '../SimpleFields.tsx'
import { answerSays, materialSays, packSays } from '../sectionSays.ts'
import { TierField } from '../TierField.tsx'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'
import { YamlField } from '../YamlField.tsx'
import { ImagesField } from './ImagesField.tsx'
import { KnowledgeField } from './KnowledgeField.tsx'
import { PackFields } from './PackFields.tsx'

/** The folded parts of a model stage: what it is shown beside the prompt, how it answers, and which calls it shares. */
export function ModelSections({ stage }: { readonly stage: string }) {
  const draft = useStageDraft(stage)
  const [material, answer, pack] = [materialSays(draft), answerSays(draft), packSays(draft)]
  return (
    <>
      <Section title="Material" summary={material} startsOpen={material !== ''}>
        <MaterialFields stage={stage} />
      </Section>
      <Section title="Answer" summary={answer} startsOpen={answer !== ''}>
        <AnswerFields stage={stage} />
      </Section>
      <Section title="Shared calls" summary={pack} startsOpen={pack !== ''}>
        <PackFields stage={stage} />
      </Section>
    </>
  )
}

function MaterialFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  return (
    <>
      <KnowledgeField path={[...path, 'knowledge']} />
      <ImagesField path={[...path, 'images']} stage={stage} />
      <SchemaField
        path={[...path, 'inputSchema']}
        label="Checked input"
        firstField="text"
        absent={{
          label: 'Any',
          help: 'With fields, an input that does not fit them fails before any call is made.',
        }}
        help="An input that does not fit these fails before any call is made."
      />
      <NumberField
        path={[...path, 'maxInputTokens']}
        label="Longest input"
        help={stageHelp('model', 'maxInputTokens')}
        placeholder="as the model has it"
        whole
        step={1000}
        suffix=" tokens"
      />
      <ChoiceField
        path={[...path, 'tooLong']}
        label="Where it is too long"
        help={stageHelp('model', 'tooLong')}
        fallback="fail"
        choices={[
          { value: 'fail', label: 'Fail' },
          { value: 'truncate', label: 'Cut' },
          { value: 'split', label: 'Part by part' },
        ]}
      />
    </>
  )
}

function AnswerFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const at = (key: string) => [...path, key]
  return (
    <>
      <NumberField path={at('repair')} label="Repair turns" help={stageHelp('model', 'repair')} placeholder="1" whole />
      <TierField path={at('escalate')} label="Then ask tier" help={stageHelp('model', 'escalate')} absent="none" />
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
      <YamlField path={at('parameters')} label="Parameters" help={stageHelp('model', 'parameters')} />
    </>
  )
}
