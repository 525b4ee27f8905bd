import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useHostStore } from '../../stores/hostStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { ChainTable } from './ChainTable.tsx'
import classes from './HomeScreen.module.css'
import { ThreeDoors } from './ThreeDoors.tsx'
import { WorkspaceMenu } from './WorkspaceMenu.tsx'

/** The workspace's chains. */
export function HomeScreen() {
  const info = useHostStore((state) => state.info)
  const chains = useHostStore((state) => state.chains)
  const isListed = useHostStore((state) => state.isListed)
  if (info === null || !isListed) return <ScreenLoading label="Waiting for Jacquard" />
  return (
    <div className={classes.root}>
      <header className={classes.head}>
        <div className={classes.heading}>
          <h1 className={classes.title}>{info.workspace.name}</h1>
          <div className={classes.path}>{info.workspace.path}</div>
        </div>
        <Group gap="sm" wrap="nowrap">
          <WorkspaceMenu info={info} />
          {chains.length > 0 && (
            <Button
              variant="filled"
              size="md"
              leftSection={<IconPlus size={16} stroke={1.5} />}
              onClick={() => useViewStore.getState().showDialog('newChain')}
            >
              New chain
            </Button>
          )}
        </Group>
      </header>
      {chains.length === 0 ? <ThreeDoors info={info} /> : <ChainTable chains={chains} />}
    </div>
  )
}
