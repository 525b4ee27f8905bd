import { Checkbox, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { Json } from '../../../../shared/json.ts'
import { paramOf, paramProblem } from '../../../../shared/param.ts'
import { PARAM_WORDS, type ParamDraft, withType, writeParam } from './paramDraft.ts'
import classes from './params.module.css'
import { valueFrom } from './valueRows.ts'
import { YamlEditor } from './YamlEditor.tsx'

interface ParamFieldsProps {
  readonly name: string
  readonly param: ParamDraft
  readonly onChange: (param: ParamDraft) => void
}

/** Type, default, description and choices of one param. */
export function ParamFields({ name, param, onChange }: ParamFieldsProps) {
  const { type, description, choices } = param
  const isAsked = param.default === undefined
  const hasChoices = type === 'string' || type === 'number' || type === 'integer'
  return (
    <>
      <div className={classes.pair}>
        <Select
          aria-label={`Type of ${name}`}
          data={Object.entries(PARAM_WORDS).map(([value, label]) => ({ value, label }))}
          value={type}
          allowDeselect={false}
          onChange={(next) => {
            if (next !== null && next !== type) onChange(withType(param, next as ParamDraft['type']))
          }}
        />
        {!isAsked && <DefaultField name={name} param={param} onChange={onChange} />}
      </div>
      {!isAsked && (type === 'array' || type === 'object' || type === 'any') && (
        <YamlEditor path={yamlPath(name, param)} label={`Default of ${name}`} />
      )}
      <TextInput
        aria-label={`Description of ${name}`}
        placeholder="What it is for, shown at the launch"
        value={description}
        onChange={(event) => onChange({ ...param, description: event.currentTarget.value })}
      />
      {hasChoices && (
        <TagsInput
          aria-label={`Choices of ${name}`}
          placeholder={choices.length === 0 ? 'any value; or type the only ones' : ''}
          value={choices.map(String)}
          onChange={(texts) =>
            onChange({ ...param, choices: texts.map((text) => (type === 'string' ? text : valueFrom(text))) })
          }
        />
      )}
      {type !== 'any' && (
        <Checkbox
          size="xs"
          label="No default: each launch must give one"
          checked={isAsked}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { ...param, default: undefined } : withDefault(param))
          }
        />
      )}
    </>
  )
}

/** The default of a type that one field can hold. */
function DefaultField({ name, param, onChange }: ParamFieldsProps) {
  const label = `Default of ${name}`
  const value = param.default ?? null
  const set = (next: Json) => onChange({ ...param, default: next })
  const problem = paramProblem(paramOf(writeParam({ ...param, default: undefined })), value)
  switch (param.type) {
    case 'string':
      return (
        <TextInput
          aria-label={label}
          placeholder="default"
          error={problem}
          value={String(value)}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
    case 'number':
    case 'integer':
      return (
        <NumberInput
          aria-label={label}
          error={problem}
          allowDecimal={param.type === 'number'}
          value={Number(value)}
          onChange={(next) => {
            if (typeof next === 'number') set(next)
          }}
        />
      )
    case 'boolean':
      return (
        <Checkbox
          mt={6}
          label={value === true ? 'yes' : 'no'}
          aria-label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    default:
      return null
  }
}

/** Where the default stands: it may be all that is written. */
function yamlPath(name: string, param: ParamDraft): readonly string[] {
  const written = writeParam(param)
  const isDefinition = typeof written === 'object' && written !== null && 'type' in written
  return isDefinition ? ['params', name, 'default'] : ['params', name]
}

function withDefault(param: ParamDraft): ParamDraft {
  const [first] = param.choices
  return first === undefined ? withType({ ...param, default: '' }, param.type) : { ...param, default: first }
}
