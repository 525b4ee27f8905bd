import { Button } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { useChainStore } from '../../stores/chainStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LaunchForm } from './LaunchForm.tsx'

/** The open chain over all its items: from where, how, and go. */
export function LaunchScreen() {
  const file = useChainStore((state) => state.file)
  const good = useChainStore((state) => state.good)
  const go = useViewStore((state) => state.go)
  if (file === null)
    return (
      <EmptyState
        icon={<IconRocket size={32} stroke={1.25} />}
        title="No chain is open"
        actions={
          <Button variant="filled" size="md" onClick={() => go('home')}>
            Open a chain
          </Button>
        }
      >
        Open one, and launch it over a folder or a file from here.
      </EmptyState>
    )
  if (good === null)
    return (
      <EmptyState
        title="This chain cannot be read yet"
        actions={
          <Button variant="filled" size="md" onClick={() => go('build')}>
            Go to Build
          </Button>
        }
      >
        Its YAML has to be set right before it can be launched.
      </EmptyState>
    )
  return <LaunchForm key={file} file={file} chain={good.chain} />
}
