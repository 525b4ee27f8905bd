import { Select } from '@mantine/core'
import { useEffect } from 'react'
import { useWorkerStore } from '../../../../stores/workerStore.ts'
import { asText } from '../chainDraft.ts'
import { stageHelp } from '../fieldHelp.ts'
import { HELP_BENEATH } from '../helpBeneath.ts'
import { helpText } from '../helpText.tsx'
import { type FieldPath, useField } from '../useField.ts'

/** The worker that a model stage uses, out of those of the workspace. */
export function WorkerField({ path }: { readonly path: FieldPath }) {
  const field = useField(path, 'the worker')
  const { workers, isListed, refresh } = useWorkerStore()
  useEffect(() => {
    if (!isListed) void refresh()
  }, [isListed, refresh])
  const value = field.value === undefined ? null : asText(field.value)
  const names = workers.map(({ name }) => name)
  const about = workers.find(({ name }) => name === value)?.description
  const unknown =
    value !== null && isListed && !names.includes(value) ? `There is no worker ${value} in this workspace.` : null
  return (
    <Select
      label="Worker"
      description={helpText(about ?? stageHelp('model', 'worker'))}
      {...HELP_BENEATH}
      placeholder={isListed && names.length === 0 ? 'none in this workspace yet' : 'none: written out here'}
      data={[...names, ...(value === null || names.includes(value) ? [] : [value])]}
      value={value}
      error={field.problem ?? unknown}
      clearable
      searchable
      nothingFoundMessage="No worker is called so."
      onChange={(next) => field.set(next ?? undefined)}
    />
  )
}
