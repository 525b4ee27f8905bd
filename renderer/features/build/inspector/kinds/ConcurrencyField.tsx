import { Checkbox } from '@mantine/core'
import { stageHelp } from '../fieldHelp.ts'
import { NumberField } from '../SimpleFields.tsx'
import { type FieldPath, useField } from '../useField.ts'

/** How many elements of a map are worked on at once: a number, or all of them. */
export function ConcurrencyField({ path }: { readonly path: FieldPath }) {
  const field = useField(path, 'elements at once')
  const isUnbounded = field.value === 'unbounded'
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      {!isUnbounded && (
        <NumberField path={path} label="At once" help={stageHelp('map', 'concurrency')} placeholder="8" whole />
      )}
      <Checkbox
        size="xs"
        label="All elements at once"
        checked={isUnbounded}
        onChange={(event) => field.set(event.currentTarget.checked ? 'unbounded' : undefined)}
      />
    </div>
  )
}
