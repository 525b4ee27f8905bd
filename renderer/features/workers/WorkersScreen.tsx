import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus, IconUserCog } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { selectOpenWorker, useWorkerStore } from '../../stores/workerStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { NameDialog } from './NameDialog.tsx'
import { WorkerEditor, type WorkerView } from './WorkerEditor.tsx'
import { WorkerList } from './WorkerList.tsx'
import { createWorker } from './workerCommands.tsx'

/** The workspace's workers, and one of them to edit, to try and to look back on. */
export function WorkersScreen() {
  const workers = useWorkerStore((state) => state.workers)
  const isListed = useWorkerStore((state) => state.isListed)
  const document = useWorkerStore(selectOpenWorker)
  const isNarrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false })
  const [isNaming, setNaming] = useState(false)
  // Kept from one worker to the next: one looks through many in the same view.
  const [view, setView] = useState<WorkerView>('form')
  const first = workers[0]?.file ?? null

  useEffect(() => {
    if (document === null && first !== null) void useWorkerStore.getState().open(first)
  }, [document, first])

  if (!isListed) return <ScreenLoading />
  const dialog = (
    <NameDialog
      title="New worker"
      verb="Create"
      help="Chains name it so; its file stands in the folder workers."
      initial=""
      isOpen={isNaming}
      onName={(name) => void createWorker(name)}
      onClose={() => setNaming(false)}
    />
  )
  if (workers.length === 0)
    return (
      <>
        <EmptyState
          icon={<IconUserCog size={32} stroke={1.25} />}
          title="No workers yet"
          actions={
            <Button
              variant="filled"
              size="md"
              leftSection={<IconPlus size={16} stroke={1.5} />}
              onClick={() => setNaming(true)}
            >
              New worker
            </Button>
          }
        >
          A worker is one task for a model, written once and used by any chain. Worker files of Heddle can be put into
          the folder <code>workers</code> as they are.
        </EmptyState>
        {dialog}
      </>
    )
  return (
    <>
      <SplitPane
        name={isNarrow ? 'workers (small)' : 'workers'}
        sideAt="start"
        initial={isNarrow ? 208 : 272}
        min={180}
        max={440}
        side={<WorkerList workers={workers} open={document?.file ?? null} onNew={() => setNaming(true)} />}
      >
        {document !== null && (
          <WorkerEditor key={document.file} document={document} view={view} onView={setView} isNarrow={isNarrow} />
        )}
      </SplitPane>
      {dialog}
    </>
  )
}
