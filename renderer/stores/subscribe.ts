import type { HostEvent } from '../../shared/api.ts'
import { assertNever } from '../../shared/assertNever.ts'
import { host } from '../lib/host.ts'
import { useChainStore } from './chainStore.ts'
import { useCompareStore } from './compareStore.ts'
import { applyToGrid, closeGrids, reloadGrids } from './gridStore.ts'
import { useHostStore } from './hostStore.ts'
import { useJudgingStore } from './judgingStore.ts'
import { useRunStore } from './runStore.ts'
import { useTestStore } from './testStore.ts'
import { useViewStore } from './viewStore.ts'
import { useWorkerStore } from './workerStore.ts'
import { useWorkerTestStore } from './workerTestStore.ts'

/** The one place where what the host pushes reaches the stores. Called once, in main.tsx; returns what ends it. */
export function subscribeStores(): () => void {
  const stopListening = host.listen(applyEvent)
  const stopConnection = useHostStore.subscribe((now, before) => {
    if (now.connection === 'open' && before.connection === 'lost') void catchUp()
  })
  const stopChain = useChainStore.subscribe((now, before) => {
    if (now.file === before.file) return
    useTestStore.getState().reset()
    useCompareStore.getState().reset()
    useViewStore.getState().select([])
  })
  void readAll()
  return () => {
    stopListening()
    stopConnection()
    stopChain()
  }
}

function applyEvent(event: HostEvent): void {
  switch (event.kind) {
    case 'runProgress':
      useRunStore.getState().applyProgress(event.progress)
      applyToGrid(event.progress)
      useTestStore.getState().applyProgress(event.progress)
      useWorkerTestStore.getState().applyProgress(event.progress)
      return
    case 'comparisonChanged':
      useCompareStore.getState().applyChange(event)
      return
    case 'runsChanged':
      void refreshRuns()
      void useHostStore.getState().refreshBudgets()
      return
    case 'estimateProgress':
      // Of the one estimate that the Launch screen has under way: features/launch/estimate/useEstimate.ts.
      return
    case 'judgingProgress':
      useJudgingStore.getState().applyProgress(event.id, event)
      return
    case 'chainsChanged':
      void useHostStore.getState().refreshChains()
      void useChainStore.getState().diskChanged()
      // Which chains use a worker may have changed.
      void useWorkerStore.getState().refresh()
      return
    case 'workersChanged':
      void useWorkerStore.getState().diskChanged()
      void useChainStore.getState().checkAgain()
      return
    case 'tiersChanged':
      void useHostStore.getState().refreshTiers()
      void useHostStore.getState().refreshBudgets()
      void useChainStore.getState().checkAgain()
      void useWorkerStore.getState().checkAgain()
      return
    case 'workspaceChanged':
      void enterWorkspace()
      return
    case 'showRun':
      useViewStore.getState().showRun(event.run)
      return
    case 'menu':
      // Means dialogs and the window's looks, no store: features/shell/useMenuCommands.ts.
      return
    default:
      assertNever(event)
  }
}

async function refreshRuns(): Promise<void> {
  const moved = await useRunStore.getState().refresh()
  if (moved.length > 0) await reloadGrids()
}

async function readAll(): Promise<void> {
  const { refreshInfo, refreshTiers, refreshBudgets, refreshChains } = useHostStore.getState()
  await Promise.all([
    refreshInfo(),
    refreshTiers(),
    refreshBudgets(),
    refreshChains(),
    useRunStore.getState().refresh(),
    useWorkerStore.getState().refresh(),
  ])
}

/** What was pushed while the connection was lost did not arrive, and what was changed here could not be saved. */
async function catchUp(): Promise<void> {
  await useChainStore.getState().flush()
  await Promise.all([
    readAll(),
    reloadGrids(),
    useChainStore.getState().diskChanged(),
    useWorkerStore.getState().diskChanged(),
    useTestStore.getState().refresh(),
    useCompareStore.getState().refresh(),
  ])
}

/** The host has left the old workspace already: nothing of it can be saved or read any more. */
async function enterWorkspace(): Promise<void> {
  const before = useHostStore.getState().info?.workspace.path
  await useHostStore.getState().refreshInfo()
  if (useHostStore.getState().info?.workspace.path !== before) {
    useChainStore.getState().forget()
    useRunStore.getState().clear()
    useWorkerStore.getState().forget()
    useWorkerTestStore.getState().forget()
    closeGrids()
    useViewStore.setState({ screen: 'home', openRun: null, openItem: null, openLane: 0 })
  }
  await readAll()
}
