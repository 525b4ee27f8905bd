import { ActionIcon, Tooltip } from '@mantine/core'
import { IconKeyboard } from '@tabler/icons-react'
import { useChainStore } from '../../stores/chainStore.ts'
import { selectCurrentRun, useRunStore } from '../../stores/runStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { ChainTitle } from './ChainTitle.tsx'
import { StepTab } from './StepTab.tsx'
import { BESIDE, notReady, STEPS } from './steps.ts'
import classes from './TitleBar.module.css'
import { WeaveMark } from './WeaveMark.tsx'

/** Which chain is open and whether it is saved; the steps of the main job, always reachable. */
export function TitleBar() {
  const screen = useViewStore((state) => state.screen)
  const { go, showDialog, showRun } = useViewStore.getState()
  const hasChain = useChainStore((state) => state.file !== null)
  const openRun = useViewStore((state) => state.openRun)
  const currentRun = useRunStore(selectCurrentRun)
  const run = openRun ?? currentRun?.run ?? null
  const now = { hasChain, hasRun: run !== null }

  return (
    <header className={classes.root}>
      <Tooltip label="All chains of this workspace">
        <button
          type="button"
          aria-label="Jacquard: all chains"
          className={classes.home}
          data-active={screen === 'home'}
          onClick={() => go('home')}
        >
          <WeaveMark />
          <span className={classes.product}>Jacquard</span>
        </button>
      </Tooltip>
      <ChainTitle />
      <nav className={classes.steps} aria-label="Steps">
        {STEPS.map((step) => (
          <StepTab
            key={step.screen}
            label={step.label}
            digit={step.digit}
            isActive={screen === step.screen}
            notReady={notReady(step.screen, now)}
            onOpen={() => (step.screen === 'run' && run !== null ? showRun(run) : go(step.screen))}
          />
        ))}
      </nav>
      <nav className={classes.beside} aria-label="Beside the chain">
        {BESIDE.map((step) => (
          <StepTab
            key={step.screen}
            label={step.label}
            digit={step.digit}
            isActive={screen === step.screen}
            notReady={null}
            onOpen={() => go(step.screen)}
          />
        ))}
        <Tooltip label="Keyboard shortcuts (?)">
          <ActionIcon aria-label="Keyboard shortcuts" onClick={() => showDialog('shortcuts')}>
            <IconKeyboard size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </nav>
    </header>
  )
}
