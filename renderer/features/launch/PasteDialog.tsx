import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import type { Source } from '../../../shared/source.ts'
import { type Pasted, pastedItems, pastedProblem } from './pastedItems.ts'

interface PasteDialogProps {
  /** null: closed. */
  readonly what: Pasted | null
  readonly onSource: (source: Source) => void
  readonly onClose: () => void
}

const WORDS: Readonly<Record<Pasted, { title: string; label: string; description: string }>> = {
  urls: {
    title: 'Items from web addresses',
    label: 'Addresses',
    description: 'One a line. Each page is fetched when its turn comes, and its readable text is the item.',
  },
  text: {
    title: 'Items from texts',
    label: 'Texts',
    description: 'A line of --- between two of them. Each becomes item.text.',
  },
}

/** Items that are typed or pasted, for this launch. */
export function PasteDialog({ what, onSource, onClose }: PasteDialogProps) {
  return (
    <Modal opened={what !== null} onClose={onClose} size="lg" title={<strong>{WORDS[what ?? 'urls'].title}</strong>}>
      {what !== null && (
        <PasteForm
          key={what}
          what={what}
          onDone={(source) => {
            onSource(source)
            onClose()
          }}
        />
      )}
    </Modal>
  )
}

function PasteForm({ what, onDone }: { readonly what: Pasted; readonly onDone: (source: Source) => void }) {
  const [text, setText] = useState('')
  const items = pastedItems(what, text)
  const problem = pastedProblem(what, items)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (items.length > 0 && problem === null) onDone(what === 'urls' ? { urls: items } : { text: items })
  }
  return (
    <form onSubmit={submit}>
      <Textarea
        label={WORDS[what].label}
        description={WORDS[what].description}
        error={problem ?? undefined}
        autosize
        minRows={8}
        maxRows={20}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit" variant="filled" size="md" disabled={items.length === 0 || problem !== null}>
          Use {formatCount(items.length)} {items.length === 1 ? 'item' : 'items'}
        </Button>
      </Group>
    </form>
  )
}
