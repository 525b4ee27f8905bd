import { Button } from '@mantine/core'
import { useChainStore } from '../../../../stores/chainStore.ts'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { impliedOutput } from '../../edits/outputEdits.ts'
import { type FieldPath, useField } from '../useField.ts'
import { ValueField } from '../ValueField.tsx'

interface GroupOutputFieldProps {
  /** The map whose elements give it; null: the chain itself, and an item. */
  readonly map: string | null
  readonly path: FieldPath
}

/** What an item, or an element of a map, gives in the end: every last stage by name, or what is written. */
export function GroupOutputField({ map, path }: GroupOutputFieldProps) {
  const output = useField(path, 'the result')
  const chain = useChainStore((state) => state.good?.chain)
  const label = map === null ? 'An item’s result' : 'An element’s result'
  if (output.value !== undefined)
    return (
      <>
        <ValueField path={path} stage={map} label={label} newKey="result" />
        <div>
          <Button size="xs" onClick={() => output.set(undefined)}>
            Use every last stage instead
          </Button>
        </div>
      </>
    )
  const implied = chain === undefined ? {} : impliedOutput(chain, map)
  return (
    <FieldFrame label={label} help="The output of every stage that nothing else uses, by the stage’s name.">
      <Button
        size="xs"
        disabled={Object.keys(implied).length === 0}
        onClick={() => useChainStore.getState().edit([{ kind: 'set', path, value: implied }], 'Choose the result')}
      >
        Choose fields
      </Button>
    </FieldFrame>
  )
}
