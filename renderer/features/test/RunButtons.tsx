import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { modifierKey } from '../../lib/modifierKey.ts'
import type { PreviewOf } from '../../lib/runPreviews.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { testRequest } from '../../stores/testRequest.ts'
import { selectParams, selectReadSource, useTestStore } from '../../stores/testStore.ts'
import { RunPreviewTooltip } from '../../ui/RunPreviewTooltip.tsx'
import classes from './TestBar.module.css'

/** Runs the chain on the chosen item: with what memory has, or asking everything again. */
export function RunButtons({ whyNot }: { readonly whyNot: string | null }) {
  const what = useTestPreview()
  const asOf = useTestStore(({ test }) => ('run' in test ? `${test.run} ${test.status}` : ''))
  const isBlocked = whyNot !== null
  const { start } = useTestStore.getState()
  return (
    <div className={classes.run}>
      <span className={classes.first}>
        <RunPreviewTooltip what={isBlocked ? null : what} asOf={asOf} {...(isBlocked && { label: whyNot })}>
          <Button
            variant="filled"
            size="md"
            leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
            data-disabled={isBlocked}
            aria-disabled={isBlocked}
            onClick={() => !isBlocked && void start()}
          >
            Run on this item
            <kbd aria-hidden className={classes.keys}>
              {modifierKey()}⏎
            </kbd>
          </Button>
        </RunPreviewTooltip>
      </span>
      <Menu position="bottom-end" width={280} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="filled"
            color="accent"
            size="md"
            className={classes.more ?? ''}
            aria-label="Other ways to run"
            disabled={isBlocked}
          >
            <IconChevronDown size={16} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRefresh size={16} stroke={1.5} />}
            rightSection={<kbd className={classes.keys}>{modifierKey()}⇧⏎</kbd>}
            onClick={() => void start({ memory: false })}
          >
            Ask again
            <div className="quiet">Takes nothing from memory.</div>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** What the try would ask for; null: nothing can be run. */
function useTestPreview(): PreviewOf | null {
  const text = useChainStore((state) => state.text)
  const file = useChainStore((state) => state.file)
  const good = useChainStore((state) => state.good)
  const source = useTestStore(selectReadSource)
  const choice = useTestStore((state) => state.choice)
  const tiers = useTestStore((state) => state.tiers)
  const params = useTestStore(selectParams(file))
  const request = testRequest({ source, choice, tiers, params, text, file, good })
  if (request === null) return null
  return { kind: 'test', text, item: request.item, options: { tiers: request.tiers, params: request.params } }
}
