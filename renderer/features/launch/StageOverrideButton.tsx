import { ActionIcon, Indicator, NumberInput, Popover, Textarea, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { isJsonObject } from '../../../shared/json.ts'
import type { StageOverride } from '../../../shared/run.ts'
import { readData } from '../../ui/params/paramText.ts'
import classes from './LaunchScreen.module.css'

interface StageOverrideButtonProps {
  readonly stage: string
  /** Of the tier; null: not known. */
  readonly model: string | null
  readonly override: StageOverride
  readonly onChange: (override: StageOverride) => void
}

/** What else one launch changes at a stage: the model within its tier, and the parameters of the call. */
export function StageOverrideButton({ stage, model, override, onChange }: StageOverrideButtonProps) {
  const set = <K extends keyof StageOverride>(key: K, value: StageOverride[K] | undefined) => {
    const { [key]: _, ...others } = override
    onChange(value === undefined ? others : { ...others, [key]: value })
  }
  const isChanged = Object.keys(override).length > 0
  return (
    // Around all of it: what the button opens is told of the button itself.
    <Indicator size={6} offset={4} disabled={!isChanged}>
      <Popover position="bottom-end" width={280} trapFocus withinPortal>
        <Popover.Target>
          <ActionIcon
            aria-label={`Change ${stage} for this launch${isChanged ? ' (changed)' : ''}`}
            title="Model and parameters for this launch"
          >
            <IconAdjustmentsHorizontal size={16} stroke={1.5} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown className={classes.overrides ?? ''}>
          <TextInput
            label="Model"
            spellCheck={false}
            placeholder={model ?? 'that of the tier'}
            value={override.model ?? ''}
            onChange={(event) => set('model', event.currentTarget.value.trim() || undefined)}
          />
          <NumberInput
            label="Temperature"
            min={0}
            max={2}
            step={0.1}
            placeholder="as the stage has it"
            value={override.temperature ?? ''}
            onChange={(value) => set('temperature', typeof value === 'number' ? value : undefined)}
          />
          <NumberInput
            label="Most tokens of an answer"
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            placeholder="as the stage has it"
            value={override.maxTokens ?? ''}
            onChange={(value) => set('maxTokens', typeof value === 'number' && value >= 1 ? value : undefined)}
          />
          <ParametersField value={override.parameters} onChange={(parameters) => set('parameters', parameters)} />
        </Popover.Dropdown>
      </Popover>
    </Indicator>
  )
}

interface ParametersFieldProps {
  readonly value: StageOverride['parameters']
  readonly onChange: (value: StageOverride['parameters'] | undefined) => void
}

function ParametersField({ value, onChange }: ParametersFieldProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value)))
  const read = text.trim() === '' ? undefined : readData(text)
  const isWrong = read === null || (read !== undefined && !isJsonObject(read.value))
  return (
    <Textarea
      label="Other parameters"
      placeholder="top_p: 0.9"
      classNames={{ input: 'mono' }}
      autosize
      minRows={1}
      maxRows={6}
      value={text}
      error={isWrong ? 'Names and values are expected, as YAML or JSON.' : undefined}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const next = event.currentTarget.value.trim() === '' ? undefined : readData(event.currentTarget.value)
        if (next === undefined) onChange(undefined)
        else if (next !== null && isJsonObject(next.value)) onChange(next.value)
      }}
    />
  )
}
