import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Json } from '../../../../shared/json.ts'
import { freeName } from '../../../lib/freeName.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { NameInput } from '../../../ui/NameInput.tsx'
import { valueEdits } from '../edits/valueEdits.ts'
import { asDraft } from './chainDraft.ts'
import classes from './inspector.module.css'
import { ParamFields } from './ParamFields.tsx'
import { readParam, writeParam } from './paramDraft.ts'
import { useField } from './useField.ts'

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
      help="Values that a launch may change. Expressions read them as `params.name`."
    >
      <div className={classes.rows}>
        {names.map((name) => (
          <section key={name} className={classes.boxed} aria-label={`Param ${name}`}>
            <div className={classes.withButton}>
              <NameInput value={name} taken={names} label={`Name of ${name}`} onRename={(to) => rename(name, to)} />
              <ActionIcon
                size={24}
                mb={2}
                aria-label={`Remove ${name}`}
                onClick={() => change(Object.fromEntries(Object.entries(params).filter(([key]) => key !== name)))}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            </div>
            <ParamFields
              name={name}
              param={readParam(params[name] as Json)}
              onChange={(param) => change({ ...params, [name]: writeParam(param) })}
            />
          </section>
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
