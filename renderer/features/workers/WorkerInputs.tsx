import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { FieldFrame } from '../../ui/FieldFrame.tsx'
import { RichText } from '../../ui/RichText.tsx'
import { useWorkerField } from './useWorkerField.ts'
import { workerHistoryKeys } from './workerHistoryKeys.ts'

interface SimpleProps {
  readonly name: string
  readonly label: string
  readonly placeholder: string
}

export function TextField({
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
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
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

export function PromptField() {
  const field = useWorkerField(['system_prompt'], 'the system prompt')
  return (
    <FieldFrame label="System prompt" problem={field.problem} help="Sent as it stands, before every input.">
      <CodeEditor
        language="text"
        label="System prompt"
        placeholder="You …"
        withHistory={false}
        extensions={workerHistoryKeys}
        value={typeof field.value === 'string' ? field.value : ''}
        onChange={(value) => field.set(value)}
      />
    </FieldFrame>
  )
}

export function NumberField({
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

export function EscalateField() {
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

export function TooLongField() {
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
