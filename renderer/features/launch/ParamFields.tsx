import { NumberInput, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Json } from '../../../shared/json.ts'
import { paramKind, readData } from './paramText.ts'

interface ParamFieldsProps {
  /** The chain's params with their defaults. */
  readonly params: { readonly [name: string]: Json }
  /** What this launch sets instead. */
  readonly values: { readonly [name: string]: Json }
  readonly onChange: (values: { readonly [name: string]: Json }) => void
}

/** One field a param, in the way of its default. */
export function ParamFields({ params, values, onChange }: ParamFieldsProps) {
  return Object.entries(params).map(([name, own]) => (
    <ParamField
      key={name}
      name={name}
      own={own}
      value={name in values ? (values[name] ?? null) : own}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ))
}

interface ParamFieldProps {
  readonly name: string
  readonly own: Json
  readonly value: Json
  readonly onChange: (value: Json) => void
}

function ParamField({ name, own, value, onChange }: ParamFieldProps) {
  switch (paramKind(own)) {
    case 'switch':
      return (
        <Switch label={name} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      )
    case 'number':
      return (
        <NumberInput
          label={name}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : own)}
        />
      )
    case 'text':
      return (
        <Textarea
          label={name}
          autosize
          minRows={1}
          maxRows={6}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'data':
      return <DataField name={name} value={value} onChange={onChange} />
  }
}

function DataField({ name, value, onChange }: Omit<ParamFieldProps, 'own'>) {
  const [text, setText] = useState(() => JSON.stringify(value))
  return (
    <Textarea
      label={name}
      autosize
      minRows={1}
      maxRows={8}
      className="mono"
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
