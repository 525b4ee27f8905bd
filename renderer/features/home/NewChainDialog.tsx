import { Button, Group, Modal, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { ITEM_FILE_ENDINGS } from '../../lib/sourceOfFile.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { FileName } from '../../ui/FileName.tsx'
import { usePathPicker } from '../../ui/usePathPicker.tsx'
import { createChain } from './chainCommands.tsx'
import { chainNameOf, sourceOf } from './sourceOf.ts'

/** Asks for a name and, if one likes, for the items. Mounted while it is open. */
export function NewChainDialog({ onClose }: { readonly onClose: () => void }) {
  const hasDialogs = useHostStore((state) => state.info?.has.dialogs ?? false)
  const [name, setName] = useState('')
  const [path, setPath] = useState<string | null>(null)
  const picker = usePathPicker({
    title: 'Where do the items come from?',
    what: 'either',
    endings: ITEM_FILE_ENDINGS,
    hasDialogs,
    onPick: (picked) => {
      setPath(picked)
      setName((typed) => (typed === '' ? chainNameOf(picked) : typed))
    },
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    onClose()
    void createChain(name.trim(), path === null ? null : sourceOf(path))
  }
  return (
    // Escape closes the picker first, which stands above this.
    <Modal opened onClose={onClose} closeOnEscape={!picker.isOpen} title={<strong>New chain</strong>}>
      <form onSubmit={submit}>
        <TextInput
          label="Name"
          placeholder="Triage tickets"
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Group mt="md" gap="sm" wrap="nowrap">
          <Button onClick={picker.open}>Choose items…</Button>
          {path === null ? (
            <span className="quiet">A folder, or a table, JSON or text file. It can also be chosen later.</span>
          ) : (
            <>
              <FileName path={path} />
              <Button size="xs" variant="subtle" aria-label="Choose no items" onClick={() => setPath(null)}>
                <IconX size={14} stroke={1.5} />
              </Button>
            </>
          )}
        </Group>
        <Group justify="flex-end" mt="lg">
          <Button type="submit" variant="filled" size="md" disabled={name.trim() === ''}>
            Create
          </Button>
        </Group>
      </form>
      {picker.element}
    </Modal>
  )
}
