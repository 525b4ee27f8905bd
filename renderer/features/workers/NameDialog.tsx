import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'

interface NameDialogProps {
  readonly title: string
  /** Of the button. */
  readonly verb: string
  readonly help: string
  readonly initial: string
  readonly isOpen: boolean
  readonly onName: (name: string) => void
  readonly onClose: () => void
}

/** Asks for the name of a worker. */
export function NameDialog(props: NameDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={<strong>{props.title}</strong>}>
      {props.isOpen && <NameForm {...props} />}
    </Modal>
  )
}

function NameForm({ verb, help, initial, onName, onClose }: NameDialogProps) {
  const [name, setName] = useState(initial)
  function submit(event: FormEvent): void {
    event.preventDefault()
    onClose()
    if (name.trim() !== initial) onName(name.trim())
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Name"
        description={help}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit" variant="filled" size="md" disabled={name.trim() === ''}>
          {verb}
        </Button>
      </Group>
    </form>
  )
}
