import { Button, Group, Text } from '@mantine/core'
import { Panel } from '@xyflow/react'
import { useChainStore } from '../../../stores/chainStore.ts'
import { addEntry } from '../commands/stageCommands.ts'
import { isStageEntry, PALETTE } from '../palette/paletteEntries.ts'
import classes from './Canvas.module.css'
import { SOURCE_NODE } from './nodeIds.ts'

/** What to do with a chain that has no stage yet. */
export function FirstStage() {
  const isEmpty = useChainStore((state) => state.good !== null && Object.keys(state.good.chain.stages).length === 0)
  const hasSource = useChainStore((state) => state.good?.chain.source !== undefined)
  if (!isEmpty) return null
  return (
    <Panel position="top-center">
      <div className={classes.first}>
        <Text fw={600}>Begin with a stage</Text>
        <Text size="sm" c="dimmed" mb={8}>
          {hasSource
            ? 'Take one of these, or drag one in from the palette.'
            : 'Take one of these, and drop the folder or the file that it is to work on anywhere here.'}
        </Text>
        <Group gap={8} justify="center">
          {PALETTE.filter(isStageEntry)
            .filter((entry) => entry.id === 'model' || entry.isTemplate)
            .map((entry) => (
              <Button
                key={entry.id}
                size="xs"
                title={entry.hint}
                onClick={() => addEntry(entry, { behind: SOURCE_NODE })}
              >
                {entry.title}
              </Button>
            ))}
        </Group>
      </div>
    </Panel>
  )
}
