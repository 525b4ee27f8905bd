import { ActionIcon, Button, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconClipboardText, IconPlayerStop } from '@tabler/icons-react'
import { hasErrors } from '../../../shared/chainDocument.ts'
import { formatCount } from '../../../shared/format.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useTestStore } from '../../stores/testStore.ts'
import { ItemPicker } from './ItemPicker.tsx'
import { ParamsButton } from './ParamsButton.tsx'
import { RunButtons } from './RunButtons.tsx'
import classes from './TestBar.module.css'
import { testBlock } from './testBlock.ts'
import { useOpenParams } from './useOpenParams.ts'
import { stepItem } from './useTestKeys.ts'
import { useTestProblems } from './useTestProblems.ts'

/** Which item, and the button that runs the chain on it. */
export function TestBar() {
  const items = useTestStore((state) => state.items)
  const choice = useTestStore((state) => state.choice)
  const test = useTestStore((state) => state.test)
  const chain = useChainStore((state) => state.good?.chain ?? null)
  const problems = useTestProblems()
  const params = useOpenParams()
  const { paste, choose } = useTestStore.getState()

  const shown = items.status === 'ready' ? items.preview.items : []
  const total = items.status === 'ready' ? items.preview.total : null
  const isPasted = choice.kind === 'pasted'
  const index = isPasted ? -1 : choice.index
  const hasItem = isPasted ? choice.text.trim() !== '' : shown[index] !== undefined
  const whyNot = testBlock({ hasErrors: hasErrors(problems), params, hasItem, isPasted })
  const isRunning = test.status === 'running' || test.status === 'starting'

  return (
    <div className={classes.root}>
      <Group gap="xs" wrap="nowrap" className={classes.items ?? ''}>
        <ActionIcon aria-label="Previous item (←)" disabled={isPasted || index <= 0} onClick={() => stepItem(-1)}>
          <IconChevronLeft size={16} stroke={1.5} />
        </ActionIcon>
        <ItemPicker />
        <ActionIcon
          aria-label="Next item (→)"
          disabled={isPasted || index >= shown.length - 1}
          onClick={() => stepItem(1)}
        >
          <IconChevronRight size={16} stroke={1.5} />
        </ActionIcon>
        {!isPasted && shown.length > 0 && (
          <span className={classes.place}>
            {formatCount(index + 1)} of {formatCount(total ?? shown.length)}
            {total === null && '+'}
          </span>
        )}
      </Group>
      <Button
        variant={isPasted ? 'light' : 'default'}
        leftSection={<IconClipboardText size={16} stroke={1.5} />}
        onClick={() => (isPasted && shown.length > 0 ? choose(0) : paste(isPasted ? choice.text : ''))}
      >
        {isPasted && shown.length > 0 ? "Back to the source's items" : 'Paste an item'}
      </Button>
      {chain !== null && Object.keys(chain.params ?? {}).length > 0 && <ParamsButton chain={chain} />}
      <span className={classes.spring} />
      {isRunning ? <StopButton /> : <RunButtons whyNot={whyNot} />}
    </div>
  )
}

function StopButton() {
  return (
    <Button
      size="md"
      leftSection={<IconPlayerStop size={16} stroke={1.5} />}
      onClick={() => void useTestStore.getState().cancel()}
    >
      Stop
    </Button>
  )
}
