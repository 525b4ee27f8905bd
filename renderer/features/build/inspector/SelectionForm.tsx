import { Button, Group } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { allStages } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { duplicateSelection, removeStages } from '../commands/stageCommands.ts'
import classes from './inspector.module.css'

/** Several stages at once: what can be done to all of them. */
export function SelectionForm({ ids }: { readonly ids: readonly string[] }) {
  const chain = useChainStore((state) => state.good?.chain)
  const tiers = useHostStore((state) => state.tiers)
  const placed = chain === undefined ? [] : allStages(chain)
  const models = placed.filter(({ id, stage }) => ids.includes(id) && stage.kind === 'model')
  const setTier = (tier: string) => {
    const edits = models.map(({ path }) => ({ kind: 'set', path: [...path, 'tier'], value: tier }) as const)
    useChainStore.getState().edit(edits, `Set the tier to ${tier}`)
  }
  return (
    <div className={classes.fields}>
      <p className={classes.help}>{ids.join(', ')}</p>
      {models.length > 0 && (
        <FieldFrame label={`Tier of ${models.length === ids.length ? 'all' : `the ${models.length} model stages`}`}>
          <Group gap={4}>
            {tiers.map((tier) => (
              <Button key={tier.name} size="xs" onClick={() => setTier(tier.name)}>
                {tier.name}
              </Button>
            ))}
          </Group>
        </FieldFrame>
      )}
      <Group gap={8}>
        <Button leftSection={<IconCopy size={16} stroke={1.5} />} onClick={duplicateSelection}>
          Duplicate
        </Button>
        <Button leftSection={<IconTrash size={16} stroke={1.5} />} onClick={() => removeStages(ids)}>
          Delete {ids.length}
        </Button>
      </Group>
    </div>
  )
}
