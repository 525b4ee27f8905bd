import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { SOURCE_KINDS, type SourceKind } from '../../../../../shared/source.ts'
import { freeName } from '../../../../lib/freeName.ts'
import { useChainStore } from '../../../../stores/chainStore.ts'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { NameInput } from '../../../../ui/NameInput.tsx'
import { newSource } from '../../edits/sourceEdits.ts'
import { valueEdits } from '../../edits/valueEdits.ts'
import { asDraft, type Draft } from '../chainDraft.ts'
import classes from '../inspector.module.css'
import { useField } from '../useField.ts'
import { SingleSourceFields } from './SingleSourceFields.tsx'
import { SourceKindSelect } from './SourceKindSelect.tsx'

/** Sources with names, each with its own keys. */
export function NamedSources() {
  const field = useField(['source'], 'the sources')
  const sources = asDraft(field.value)
  const names = Object.keys(sources)

  function change(next: Draft): void {
    const after = Object.keys(next).length === 0 ? undefined : next
    useChainStore.getState().edit(valueEdits(['source'], field.value, after), 'Change the sources')
  }
  const rename = (from: string, to: string) =>
    change(Object.fromEntries(Object.entries(sources).map(([name, source]) => [name === from ? to : name, source])))

  return (
    <FieldFrame label="Sources" help="Each item tells where it is from: run.source is the name.">
      <div className={classes.rows}>
        {names.map((name) => {
          const kind = SOURCE_KINDS.find((each) => each in asDraft(sources[name])) ?? 'csv'
          return (
            <section key={name} className={classes.boxed} aria-label={`Source ${name}`}>
              <div className={classes.withButton}>
                <NameInput
                  value={name}
                  taken={names}
                  label={`Name of ${name}`}
                  problemOf={nameProblem}
                  onRename={(to) => rename(name, to)}
                />
                <ActionIcon
                  size={24}
                  mb={2}
                  aria-label={`Remove ${name}`}
                  onClick={() => change(Object.fromEntries(Object.entries(sources).filter(([each]) => each !== name)))}
                >
                  <IconX size={14} stroke={1.5} />
                </ActionIcon>
              </div>
              <SourceKindSelect
                label={`Kind of ${name}`}
                value={kind}
                onChange={(next) => {
                  if (next !== kind && next !== 'several') change({ ...sources, [name]: newSource(next) })
                }}
              />
              <SingleSourceFields path={['source', name]} kind={kind} />
            </section>
          )
        })}
        <div>
          <Button
            size="xs"
            leftSection={<IconPlus size={14} stroke={1.5} />}
            onClick={() => change({ ...sources, [freeName('source', names)]: newSource('csv') })}
          >
            Add a source
          </Button>
        </div>
      </div>
    </FieldFrame>
  )
}

function nameProblem(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'A name starts with a letter and holds letters, digits and _ only.'
  return SOURCE_KINDS.some((kind: SourceKind) => kind === name) ? 'This is a kind of source, not a name for one.' : null
}
