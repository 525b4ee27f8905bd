import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { editChain } from '../../../../shared/chainEdit.ts'
import { allStages, type PlacedStage } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'
import type { VariantDialogProps } from './ModelDialog.tsx'

/** The chain with another prompt, or other instructions, at one stage. */
export function PromptDialog({ onAdd, onClose }: VariantDialogProps) {
  const text = useChainStore((state) => state.text)
  const chain = useChainStore((state) => state.good?.chain ?? null)
  const wanted = useCompareStore((state) => state.draft.stage)
  const models = chain === null ? [] : allStages(chain).filter(({ stage }) => stage.kind === 'model')
  const [id, setId] = useState(wanted ?? models[0]?.id ?? null)
  const placed = models.find((one) => one.id === id) ?? null
  // What was typed for one stage is not meant for another.
  const [typed, setTyped] = useState<{ instructions?: string; prompt?: string; name?: string }>({})
  const { instructions = writtenIn(placed, 'instructions'), prompt = writtenIn(placed, 'prompt') } = typed
  const name = typed.name ?? (id === null ? '' : `${id}, other prompt`)
  const isOther = instructions !== writtenIn(placed, 'instructions') || prompt !== writtenIn(placed, 'prompt')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (placed === null || !isOther || name.trim() === '') return
    const set = (key: string, value: string) =>
      value === writtenIn(placed, key)
        ? []
        : [{ kind: 'set' as const, path: [...placed.path, key], value: value === '' ? undefined : value }]
    const edits = [...set('instructions', instructions), ...set('prompt', prompt)]
    onAdd({ name: name.trim(), text: editChain(text, edits) })
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={<strong>Compare another prompt</strong>}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Select
            label="Stage"
            data={models.map((one) => one.id)}
            value={id}
            onChange={(next) => {
              setId(next)
              setTyped({})
            }}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          <Textarea
            label="Instructions"
            autosize
            minRows={3}
            maxRows={10}
            value={instructions}
            onChange={(event) => setTyped({ ...typed, instructions: event.currentTarget.value })}
            data-autofocus
          />
          <Textarea
            label="Prompt"
            autosize
            minRows={2}
            maxRows={10}
            value={prompt}
            onChange={(event) => setTyped({ ...typed, prompt: event.currentTarget.value })}
          />
          <TextInput
            label="Name"
            description="Of the variant; the chain stays as it is"
            value={name}
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={!isOther || name.trim() === ''}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function writtenIn(placed: PlacedStage | null, key: string): string {
  if (placed?.stage.kind !== 'model') return ''
  const value = key === 'prompt' ? placed.stage.prompt : placed.stage.instructions
  return value ?? ''
}
