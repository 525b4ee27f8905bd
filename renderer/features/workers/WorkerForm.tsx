import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { RichText } from '../../ui/RichText.tsx'
import { FormField } from './FormField.tsx'
import { KnowledgeField } from './KnowledgeField.tsx'
import { SchemaField } from './SchemaField.tsx'
import { TierField } from './TierField.tsx'
import { useWorkerField } from './useWorkerField.ts'
import classes from './WorkerForm.module.css'
import { workerHistoryKeys } from './workerHistoryKeys.ts'
import { YamlField } from './YamlField.tsx'

/** The worker as a form: another view of its text. A field that is emptied takes its key out. */
export function WorkerForm() {
  return (
    <div className={classes.root}>
      <div className={classes.form}>
        <section className={classes.section} aria-label="Task">
          <TextField name="description" label="Description" placeholder="What it does, in a sentence" />
          <PromptField />
          <TierField />
        </section>
        <section className={classes.section} aria-labelledby="worker-input">
          <h3 id="worker-input" className={classes.title}>
            Input
          </h3>
          <SchemaField path="input_schema" label="Input" none="Anything" help={INPUT_HELP} />
        </section>
        <section className={classes.section} aria-labelledby="worker-answer">
          <h3 id="worker-answer" className={classes.title}>
            Answer
          </h3>
          <SchemaField path="output_schema" label="Answer" none="Text" help={ANSWER_HELP} />
          <div className={classes.pair}>
            <NumberField name="repair" label="Ask again when invalid" placeholder="1" suffix=" times" />
            <EscalateField />
          </div>
        </section>
        <section className={classes.section} aria-labelledby="worker-knowledge">
          <h3 id="worker-knowledge" className={classes.title}>
            Knowledge
          </h3>
          <KnowledgeField />
        </section>
        <section className={classes.section} aria-labelledby="worker-limits">
          <h3 id="worker-limits" className={classes.title}>
            Limits and options
          </h3>
          <div className={classes.pair}>
            <NumberField name="max_input_tokens" label="Most tokens in" placeholder="what the model holds" />
            <TooLongField />
          </div>
          <div className={classes.pair}>
            <NumberField name="max_output_tokens" label="Most tokens out" placeholder="as the tier says" />
            <NumberField name="timeout_seconds" label="Timeout" placeholder="120 s" suffix=" s" />
          </div>
          <div className={classes.pair}>
            <NumberField name="temperature" label="Temperature" placeholder="not sent" step={0.1} />
            <span />
          </div>
          <TextField
            name="prompt"
            label="Prompt"
            placeholder="without one, the input as JSON"
            help="The user message, with expressions of the chain: {{ item.text }}."
            isMono
          />
          <YamlField path="parameters" label="Other parameters" help="Of the provider's own call, as YAML." />
        </section>
      </div>
    </div>
  )
}

const INPUT_HELP = 'Checked before any call is made: what does not fit costs nothing.'
const ANSWER_HELP = 'Every answer is checked against these; an invalid one is asked for again.'

interface SimpleProps {
  readonly name: string
  readonly label: string
  readonly placeholder: string
}

function TextField({
  name,
  label,
  placeholder,
  help,
  isMono = false,
}: SimpleProps & { help?: string; isMono?: boolean }) {
  const field = useWorkerField([name], label.toLowerCase())
  const shared = {
    label,
    placeholder,
    description: help,
    value: typeof field.value === 'string' ? field.value : '',
    error: field.problem === null ? null : <RichText text={field.problem} />,
  }
  const change = (value: string) => field.set(value === '' ? undefined : value)
  return isMono ? (
    <Textarea
      {...shared}
      autosize
      minRows={2}
      styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--size-small)' } }}
      onChange={(event) => change(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...shared} onChange={(event) => change(event.currentTarget.value)} />
  )
}

function PromptField() {
  const field = useWorkerField(['system_prompt'], 'the system prompt')
  return (
    <FormField label="System prompt" problem={field.problem} help="Sent as it stands, before every input.">
      <CodeEditor
        language="text"
        label="System prompt"
        placeholder="You …"
        withHistory={false}
        extensions={workerHistoryKeys}
        value={typeof field.value === 'string' ? field.value : ''}
        onChange={(value) => field.set(value)}
      />
    </FormField>
  )
}

function NumberField({
  name,
  label,
  placeholder,
  suffix = '',
  step = 1,
}: SimpleProps & { suffix?: string; step?: number }) {
  const field = useWorkerField([name], label.toLowerCase())
  return (
    <NumberInput
      label={label}
      placeholder={placeholder}
      suffix={suffix}
      step={step}
      min={0}
      clampBehavior="none"
      thousandSeparator=","
      value={typeof field.value === 'number' ? field.value : ''}
      error={field.problem === null ? null : <RichText text={field.problem} />}
      onChange={(value) => field.set(typeof value === 'number' ? value : undefined)}
    />
  )
}

function EscalateField() {
  const field = useWorkerField(['escalate'], 'the tier to escalate to')
  const tiers = useHostStore((state) => state.tiers)
  return (
    <Select
      label="Still invalid: ask another tier"
      placeholder="no"
      clearable
      data={tiers.map(({ name }) => name)}
      value={typeof field.value === 'string' ? field.value : null}
      error={field.problem}
      onChange={(tier) => field.set(tier ?? undefined)}
    />
  )
}

function TooLongField() {
  const field = useWorkerField(['tooLong'], 'what to do with too long an input')
  return (
    <Select
      label="Longer input"
      placeholder="fails"
      clearable
      data={[
        { value: 'fail', label: 'fails' },
        { value: 'truncate', label: 'is cut' },
        { value: 'split', label: 'is asked in parts' },
      ]}
      value={typeof field.value === 'string' ? field.value : null}
      error={field.problem}
      onChange={(value) => field.set(value ?? undefined)}
    />
  )
}
