import { Radio } from '@mantine/core'
import type { RunChange } from '../../../../shared/runChange.ts'
import { RunPreviewText } from '../../../ui/RunPreviewText.tsx'
import { useRunPreview } from '../../../ui/useRunPreview.ts'
import classes from './ScopeField.module.css'
import type { ScopeChoice } from './scopes.ts'

interface ScopeFieldProps {
  readonly run: string
  readonly choices: readonly ScopeChoice[]
  readonly scope: ScopeChoice['scope']
  /** What is to be different, for whomever; null: it cannot be worked out yet. */
  readonly change: RunChange | null
  readonly onScope: (kind: string) => void
}

/** For whom a change is; each choice says what it asks for. */
export function ScopeField({ run, choices, scope, change, onScope }: ScopeFieldProps) {
  return (
    <Radio.Group label="For which items" value={scope.kind} onChange={onScope}>
      <div className={classes.root}>
        {choices.map((choice) => (
          <Choice key={choice.scope.kind} run={run} choice={choice} change={change} />
        ))}
      </div>
    </Radio.Group>
  )
}

interface ChoiceProps {
  readonly run: string
  readonly choice: ScopeChoice
  readonly change: RunChange | null
}

function Choice({ run, choice, change }: ChoiceProps) {
  const { scope, label, refusal } = choice
  const price = useRunPreview(
    change === null || refusal !== null ? null : { kind: 'change', run, change: { ...change, scope } },
  )
  return (
    <div className={classes.choice}>
      <Radio size="sm" value={scope.kind} label={label} disabled={refusal !== null} />
      <span className={classes.price}>
        {refusal}
        {price.status === 'loading' && '…'}
        {price.status === 'ready' && <RunPreviewText preview={price.preview} />}
        {price.status === 'failed' && price.error.message}
      </span>
    </div>
  )
}
