import { NumberInput, Select, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Json } from '../../../shared/json.ts'
import { type Param, paramOf, paramProblem } from '../../../shared/param.ts'
import { paramKind, readData } from './paramText.ts'

interface ParamFieldsProps {
  /** The chain's params with their defaults. */
  readonly params: { readonly [name: string]: Json }
  /** What is set instead. */
  readonly values: { readonly [name: string]: Json }
  /** What would close at a click beside it: lists of choices open within it then. */
  readonly isInPopover?: boolean
  readonly onChange: (values: { readonly [name: string]: Json }) => void
}

/** One field a param, in the way of its default. */
export function ParamFields({ params, values, isInPopover = false, onChange }: ParamFieldsProps) {
  return Object.entries(params).map(([name, own]) => (
    <ParamField
      key={name}
      name={name}
      param={paramOf(own)}
      isInPopover={isInPopover}
      value={name in values ? (values[name] ?? null) : paramOf(own).default}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ))
}

/** Fixed: the popover may scroll, and must not clip the list. */
const IN_POPOVER = { withinPortal: false, floatingStrategy: 'fixed' } as const

interface ParamFieldProps {
  readonly name: string
  readonly param: Param
  /** undefined: it has no default, and nobody has given it one yet. */
  readonly value: Json | undefined
  readonly isInPopover: boolean
  readonly onChange: (value: Json) => void
}

function ParamField({ name, param, value, isInPopover, onChange }: ParamFieldProps) {
  const about = {
    label: name,
    description: param.description ?? undefined,
    withAsterisk: param.default === undefined,
    error: value === undefined ? undefined : (paramProblem(param, value) ?? undefined),
  }
  if (param.choices !== null)
    return (
      <Select
        {...about}
        data={param.choices.map((choice) => ({ value: JSON.stringify(choice), label: choiceText(choice) }))}
        allowDeselect={false}
        {...(isInPopover && { comboboxProps: IN_POPOVER })}
        placeholder="Choose one"
        value={value === undefined ? null : JSON.stringify(value)}
        onChange={(next) =>
          next !== null && onChange(param.choices?.find((choice) => JSON.stringify(choice) === next) ?? null)
        }
      />
    )
  switch (paramKind(param)) {
    case 'switch':
      return <Switch {...about} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    case 'number':
      return (
        <NumberInput
          {...about}
          allowDecimal={param.type !== 'integer'}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      )
    case 'text':
      return (
        <Textarea
          {...about}
          autosize
          minRows={1}
          maxRows={6}
          value={value === undefined ? '' : String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'data':
      return <DataField name={name} param={param} value={value} onChange={onChange} />
  }
}

function choiceText(choice: Json): string {
  return typeof choice === 'string' ? choice : JSON.stringify(choice)
}

function DataField({ name, param, value, onChange }: Omit<ParamFieldProps, 'isInPopover'>) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value)))
  return (
    <Textarea
      label={name}
      description={param.description ?? undefined}
      withAsterisk={param.default === undefined}
      autosize
      minRows={1}
      maxRows={8}
      classNames={{ input: 'mono' }}
      value={text}
      error={readData(text) === null ? 'This is no JSON; the last value that was is used.' : undefined}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const read = readData(event.currentTarget.value)
        if (read !== null) onChange(read.value)
      }}
    />
  )
}
