import { Button } from '@mantine/core'
import { IconGridDots } from '@tabler/icons-react'
import { useViewStore } from '../../stores/viewStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { OpenRunView } from './OpenRunView.tsx'
import { useOpenRun } from './useOpenRun.ts'

/** One run: its header, its grid, its results, and one item's trace beside them. */
export function RunScreen() {
  const run = useViewStore((state) => state.openRun)
  const go = useViewStore((state) => state.go)
  if (run !== null) return <RunById key={run} run={run} />
  return (
    <EmptyState
      icon={<IconGridDots size={32} stroke={1.25} />}
      title="No run is open"
      actions={
        <>
          <Button variant="filled" size="md" onClick={() => go('launch')}>
            Launch a run
          </Button>
          <Button size="md" onClick={() => go('runs')}>
            Open an earlier one
          </Button>
        </>
      }
    >
      A run shows every item at every stage here, while it goes on and afterwards.
    </EmptyState>
  )
}

function RunById({ run }: { readonly run: string }) {
  const open = useOpenRun(run)
  const go = useViewStore((state) => state.go)
  if (open.status === 'ready') return <OpenRunView progress={open.progress} />
  if (open.status === 'loading') return <EmptyState title="Opening the run…" />
  return (
    <EmptyState title="This run could not be opened" actions={<Button onClick={() => go('runs')}>All runs</Button>}>
      It may belong to another workspace.
    </EmptyState>
  )
}
