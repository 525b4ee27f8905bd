import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { allStages } from '../../../../shared/stageTree.ts'
import type { Variant } from '../../../../shared/variant.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'

export interface VariantDialogProps {
  readonly onAdd: (variant: Variant) => void
  readonly onClose: () => void
}

/** Another model at the backend of a tier. */
export function ModelDialog({ onAdd, onClose }: VariantDialogProps) {
  const tiers = useHostStore((state) => state.tiers)
  const ready = tiers.filter(({ notReady }) => notReady === null)
  const [tier, setTier] = useState(ready[0]?.name ?? null)
  const [model, setModel] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (tier !== null && model.trim() !== '') onAdd(modelVariant(tier, model.trim()))
  }
  return (
    <Modal opened onClose={onClose} title={<strong>Compare another model</strong>}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Select
            label="Tier"
            description="Whose backend is asked"
            data={ready.map(({ name }) => name)}
            value={tier}
            onChange={setTier}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput
            label="Model"
            description="As the provider names it"
            value={model}
            onChange={(event) => setModel(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={tier === null || model.trim() === ''}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** For all model stages, or for the one that is compared. */
function modelVariant(tier: string, model: string): Variant {
  const { stage } = useCompareStore.getState().draft
  const chain = useChainStore.getState().good?.chain ?? null
  const all = chain === null ? [] : allStages(chain).filter((placed) => placed.stage.kind === 'model')
  const ids = stage === null ? all.map(({ id }) => id) : [stage]
  return {
    name: model,
    tiers: Object.fromEntries(ids.map((id) => [id, tier])),
    stages: Object.fromEntries(ids.map((id) => [id, { model, escalate: null }])),
  }
}
