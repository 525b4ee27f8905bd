import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Json } from '../../../../shared/json.ts'
import { freeName } from '../../../lib/freeName.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { NameInput } from '../../../ui/NameInput.tsx'
import { valueEdits } from '../edits/valueEdits.ts'
import { asDraft } from './chainDraft.ts'
import { FieldFrame } from './FieldFrame.tsx'
import classes from './params.module.css'
import { type Field, useField } from './useField.ts'
import { YamlEditor } from './YamlEditor.tsx'

type ParamKind = 'text' | 'number' | 'yes or no' | 'YAML'
const EMPTY: Readonly<Record<ParamKind, Json>> = { text: '', number: 0, 'yes or no': false, YAML: [] }

/** Values that a launch may override. */
export function ParamsField() {
  const field = useField(['params'], 'the params')
  const params = asDraft(field.value)
  const names = Object.keys(params)

  function change(next: Readonly<Record<string, unknown>>): void {
    const after = Object.keys(next).length === 0 ? undefined : next
    useChainStore.getState().edit(valueEdits(['params'], field.value, after), 'Change the params')
  }
  const rename = (from: string, to: string) =>
    change(Object.fromEntries(Object.entries(params).map(([key, value]) => [key === from ? to : key, value])))

  return (
    <FieldFrame
      label="Params"
      problem={field.problem}
      help="Values that a launch may change. Expressions read them as params.name."
    >
      <div className={classes.rows}>
        {names.map((name) => (
          <div key={name} className={classes.row}>
            <NameInput value={name} taken={names} label={`Name of ${name}`} onRename={(to) => rename(name, to)} />
            <ParamType name={name} />
            <ActionIcon
              size={24}
              mt={2}
              aria-label={`Remove ${name}`}
              onClick={() => change(Object.fromEntries(Object.entries(params).filter(([key]) => key !== name)))}
            >
              <IconX size={14} stroke={1.5} />
            </ActionIcon>
            <ParamValue name={name} />
          </div>
        ))}
        <div>
          <Button
            size="xs"
            leftSection={<IconPlus size={14} stroke={1.5} />}
            onClick={() => change({ ...params, [freeName('param', names)]: '' })}
          >
            Add a param
          </Button>
        </div>
      </div>
    </FieldFrame>
  )
}

function ParamType({ name }: { readonly name: string }) {
  const field = useField(['params', name], name)
  const type = typeOf(field.value)
  return (
    <Select
      aria-label={`Type of ${name}`}
      data={Object.keys(EMPTY)}
      value={type}
      allowDeselect={false}
      onChange={(next) => {
        const chosen = Object.keys(EMPTY).find((each) => each === next) as ParamKind | undefined
        if (chosen !== undefined && chosen !== type) field.set(converted(field.value, chosen))
      }}
    />
  )
}

function ParamValue({ name }: { readonly name: string }) {
  const field = useField(['params', name], name)
  return (
    <div className={classes.value}>
      <ParamInput name={name} type={typeOf(field.value)} field={field} />
    </div>
  )
}

function ParamInput({ name, type, field }: { readonly name: string; readonly type: ParamKind; readonly field: Field }) {
  const label = `Value of ${name}`
  switch (type) {
    case 'text':
      return (
        <TextInput
          aria-label={label}
          value={String(field.value ?? '')}
          onChange={(event) => field.set(event.currentTarget.value)}
        />
      )
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          value={Number(field.value)}
          onChange={(value) => {
            if (typeof value === 'number') field.set(value)
          }}
        />
      )
    case 'yes or no':
      return (
        <Checkbox
          mt={6}
          label={field.value === true ? 'yes' : 'no'}
          checked={field.value === true}
          onChange={(event) => field.set(event.currentTarget.checked)}
        />
      )
    case 'YAML':
      return <YamlEditor path={['params', name]} label={label} />
  }
}

function typeOf(value: unknown): ParamKind {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'yes or no' : 'YAML'
}

/** As much of the value as the new type can hold. */
function converted(value: unknown, type: ParamKind): Json {
  if (type === 'text') return typeof value === 'object' ? '' : String(value)
  const number = Number(value)
  return type === 'number' && value !== '' && Number.isFinite(number) ? number : EMPTY[type]
}
