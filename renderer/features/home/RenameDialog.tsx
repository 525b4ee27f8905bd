import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ChainEntry } from '../../../shared/api.ts'
import { renameChain } from './chainCommands.tsx'

interface RenameDialogProps {
  /** null: closed. */
  readonly chain: ChainEntry | null
  readonly onClose: () => void
}

export function RenameDialog({ chain, onClose }: RenameDialogProps) {
  return (
    <Modal opened={chain !== null} onClose={onClose} title={<strong>Rename the chain</strong>}>
      {chain !== null && <RenameForm key={chain.file} chain={chain} onClose={onClose} />}
    </Modal>
  )
}

function RenameForm({ chain, onClose }: { chain: ChainEntry; onClose: () => void }) {
  const [name, setName] = useState(chain.name)
  function submit(event: FormEvent): void {
    event.preventDefault()
    onClose()
    if (name.trim() !== chain.name) void renameChain(chain, name.trim())
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Name"
        description={`Its file, ${chain.file}, is renamed with it. Runs keep their results.`}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit" variant="filled" size="md" disabled={name.trim() === ''}>
          Rename
        </Button>
      </Group>
    </form>
  )
}
