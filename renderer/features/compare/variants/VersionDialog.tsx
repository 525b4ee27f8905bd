import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { callOrNotify } from '../../../lib/callOrNotify.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { useRunStore } from '../../../stores/runStore.ts'
import type { VariantDialogProps } from './ModelDialog.tsx'

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** The chain as it was at an earlier launch, or another chain over the same items. */
export function VersionDialog({ onAdd, onClose }: VariantDialogProps) {
  const file = useChainStore((state) => state.file)
  const runs = useRunStore((state) => state.runs).filter(({ chainFile }) => chainFile === file)
  const chains = useHostStore((state) => state.chains).filter((chain) => chain.file !== file && chain.errors === 0)
  const [chosen, setChosen] = useState<string | null>(null)
  const versions = [
    ...runs.map(({ run, startedAt }) => ({ value: `run ${run}`, label: `as launched ${when.format(startedAt)}` })),
    ...chains.map((chain) => ({ value: `file ${chain.file}`, label: chain.name })),
  ]
  const add = async (): Promise<void> => {
    const version = versions.find(({ value }) => value === chosen)
    if (version === undefined) return
    const [kind, ...rest] = version.value.split(' ')
    const text = await textOf(kind ?? '', rest.join(' '))
    if (text !== null) onAdd({ name: version.label, text })
  }
  return (
    <Modal opened onClose={onClose} title={<strong>Compare another version</strong>}>
      <Stack gap="md">
        <Select
          label="Version"
          description="The chain as it was at a launch, or another chain over the same items"
          placeholder={versions.length === 0 ? 'Never launched, and there is no other chain' : 'Choose one'}
          data={versions}
          value={chosen}
          onChange={setChosen}
          disabled={versions.length === 0}
          searchable
          comboboxProps={{ withinPortal: false }}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" disabled={chosen === null} onClick={() => void add()}>
            Add
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

async function textOf(kind: string, name: string): Promise<string | null> {
  if (kind === 'run') return (await callOrNotify('runs.get', { run: name }))?.chainText ?? null
  return (await callOrNotify('chains.read', { file: name }))?.text ?? null
}
