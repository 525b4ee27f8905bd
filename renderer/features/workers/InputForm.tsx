import { NumberInput, SegmentedControl, Select, TagsInput, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { readJson } from '../../lib/readJson.ts'
import { useWorkerTestStore } from '../../stores/workerTestStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { type InputField, inputFields, withProperty } from './inputForm.ts'
import classes from './WorkerTry.module.css'

interface InputFormProps {
  readonly file: string
  readonly schema: JsonObject | undefined
  /** Beside the choice of views. */
  readonly aside: ReactNode
}

const NO_INPUT: Json = {}

/** What goes into a try: a form made of the input schema, or JSON. Both are views of one value. */
export function InputForm({ file, schema, aside }: InputFormProps) {
  const fields = inputFields(schema)
  const [wantsJson, setWantsJson] = useState(false)
  const input = useWorkerTestStore((state) => state.inputs[file] ?? NO_INPUT)
  const setInput = (next: Json) => useWorkerTestStore.getState().setInput(file, next)
  const isJson = wantsJson || fields === null
  return (
    <div className={classes.input}>
      <div className={classes.inputHead}>
        <h4 className={classes.subtitle}>Input</h4>
        {aside}
        {fields !== null && (
          <SegmentedControl
            aria-label="Input as"
            value={isJson ? 'json' : 'form'}
            onChange={(view) => setWantsJson(view === 'json')}
            data={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        )}
      </div>
      {isJson ? (
        <JsonInput label="Input as JSON" value={input} onChange={(next) => setInput(next ?? {})} />
      ) : (
        fields.map((field) => (
          <PropertyInput
            key={field.name}
            field={field}
            value={isJsonObject(input) ? input[field.name] : undefined}
            onChange={(value) => setInput(withProperty(input, { name: field.name, value }))}
          />
        ))
      )}
    </div>
  )
}

interface PropertyInputProps {
  readonly field: InputField
  readonly value: Json | undefined
  /** undefined: nothing is given. */
  readonly onChange: (value: Json | undefined) => void
}

function PropertyInput({ field, value, onChange }: PropertyInputProps) {
  const { name, kind, description, required, options } = field
  const shared = { label: name, withAsterisk: required, description: description === '' ? undefined : description }
  switch (kind) {
    case 'text':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={8}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
      )
    case 'texts':
      return (
        <TagsInput
          {...shared}
          placeholder="One, then Enter"
          value={Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []}
          onChange={(next) => onChange(next.length === 0 ? undefined : next)}
        />
      )
    case 'number':
    case 'integer':
      return (
        <NumberInput
          {...shared}
          allowDecimal={kind === 'number'}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      )
    case 'boolean':
      return (
        <Select
          {...shared}
          clearable={!required}
          placeholder="not given"
          data={['true', 'false']}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => onChange(next === null ? undefined : next === 'true')}
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          clearable={!required}
          placeholder="not given"
          data={[...options]}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'json':
      return (
        <div>
          <div className={classes.label}>
            {name} {required && <span aria-hidden>*</span>}
          </div>
          <JsonInput label={`${name} as JSON`} value={value} onChange={onChange} />
        </div>
      )
  }
}

interface JsonInputProps {
  readonly label: string
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
}

/** What is no JSON yet stays in the editor with the reason beneath it; the value is the last that was. */
function JsonInput({ label, value, onChange }: JsonInputProps) {
  const [draft, setDraft] = useState<{ readonly typed: string; readonly of: Json | undefined } | null>(null)
  // The value was changed by another way than this editor: it wins.
  const shown =
    draft !== null && draft.of === value ? draft.typed : value === undefined ? '' : JSON.stringify(value, null, 2)
  const read = readJson(shown)

  function change(typed: string): void {
    const next = readJson(typed)
    if (next.ok) onChange(next.value)
    setDraft({ typed, of: next.ok ? next.value : value })
  }

  return (
    <>
      <CodeEditor language="json" label={label} value={shown} onChange={change} />
      {!read.ok && <p className={classes.problem}>{read.message}</p>}
    </>
  )
}
