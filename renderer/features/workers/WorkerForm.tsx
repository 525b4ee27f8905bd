import type { Problem } from '../../../shared/problem.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { KnowledgeField } from './KnowledgeField.tsx'
import { SchemaField } from './SchemaField.tsx'
import { TierField } from './TierField.tsx'
import classes from './WorkerForm.module.css'
import { EscalateField, NumberField, PromptField, TextField, TooLongField } from './WorkerInputs.tsx'
import { YamlField } from './YamlField.tsx'

interface WorkerFormProps {
  readonly problems: readonly Problem[]
  /** To where a problem can be set right that no field of the form shows. */
  readonly onShowText: () => void
}

/** What has a field, which also shows its problems. */
const FORM_KEYS: readonly string[] = [
  'description',
  'system_prompt',
  'prompt',
  'input_schema',
  'output_schema',
  'default_model_tier',
  'default_tier',
  'max_input_tokens',
  'max_output_tokens',
  'timeout_seconds',
  'temperature',
  'parameters',
  'knowledge_sources',
  'knowledge_silos',
  'tooLong',
  'repair',
  'escalate',
]

/** The worker as a form: another view of its text. A field that is emptied takes its key out. */
export function WorkerForm({ problems, onShowText }: WorkerFormProps) {
  const elsewhere = problems.filter(({ path }) => !FORM_KEYS.includes(String(path[0])))
  return (
    <div className={classes.root}>
      <div className={classes.form}>
        {elsewhere.length > 0 && (
          <section className={classes.problems} aria-label="Problems">
            {elsewhere.map((problem) => (
              <ProblemText
                key={`${problem.line}:${problem.column}:${problem.message}`}
                problem={problem}
                onClick={onShowText}
              />
            ))}
          </section>
        )}
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

const INPUT_HELP = {
  none: 'Whatever a stage hands over. With fields it is checked before any call is made.',
  checked: 'Checked before any call is made: what does not fit costs nothing.',
}
const ANSWER_HELP = {
  none: 'The answer as it comes. With fields it is checked, and later stages can use each by name.',
  checked: 'Every answer is checked against these; an invalid one is asked for again.',
}
