import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { hasErrors } from '../../../shared/chainDocument.ts'
import { previewText } from '../../lib/previewText.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useCompareStore } from '../../stores/compareStore.ts'
import classes from './CompareBar.module.css'
import { compareBlock, useCompareBlock } from './compareBlock.ts'
import { useComparePreview } from './useComparePreview.ts'

/** What it would ask for, and the button that asks. */
export function CompareRun() {
  const preview = useComparePreview()
  const isRunning = useCompareStore(({ comparison }) => comparison?.state.status === 'running')
  const whyNot = useCompareBlock()
  const isBlocked = whyNot !== null
  const { start, stop } = useCompareStore.getState()
  if (isRunning)
    return (
      <Button size="md" leftSection={<IconPlayerStop size={16} stroke={1.5} />} onClick={() => void stop()}>
        Stop
      </Button>
    )
  return (
    <>
      <span className={classes.price} role="status">
        {preview.status === 'ready' && !isBlocked && previewText(preview.preview)}
        {preview.status === 'failed' && !isBlocked && preview.error.message}
      </span>
      <div className={classes.run}>
        <span className={classes.first}>
          <Tooltip label={whyNot} disabled={!isBlocked}>
            <Button
              size="md"
              variant="filled"
              leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
              data-disabled={isBlocked}
              aria-disabled={isBlocked}
              onClick={() => !isBlocked && void start()}
            >
              Compare
            </Button>
          </Tooltip>
        </span>
        <Menu position="bottom-end" width={260} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon
              variant="filled"
              color="accent"
              size="md"
              className={classes.more ?? ''}
              aria-label="Other ways to compare"
              disabled={isBlocked}
            >
              <IconChevronDown size={16} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconRefresh size={16} stroke={1.5} />}
              onClick={() => void start({ memory: false })}
            >
              Ask again
              <div className="quiet">Takes nothing from memory.</div>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  )
}

/** As the button does; for its key. */
export function startIfReady(how?: { readonly memory: boolean }): void {
  const { draft, sample, comparison, start } = useCompareStore.getState()
  const isBroken = hasErrors(useChainStore.getState().parsed.problems)
  if (comparison?.state.status !== 'running' && compareBlock({ draft, sample, isBroken }) === null) void start(how)
}
