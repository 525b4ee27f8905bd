import { Tooltip } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { FileName } from '../../ui/FileName.tsx'
import { CurrentRun } from './CurrentRun.tsx'
import { NoticeBell } from './NoticeBell.tsx'
import classes from './StatusBar.module.css'
import { TierLights } from './TierLights.tsx'

/** The live run, the tiers, the workspace: on every screen, at the same place. */
export function StatusBar() {
  const info = useHostStore((state) => state.info)
  return (
    <footer className={classes.root}>
      <CurrentRun />
      <NoticeBell />
      <span className={classes.spring} />
      <TierLights />
      {info !== null && (
        <Tooltip label={`Workspace ${info.workspace.path}`}>
          <span className={classes.workspace}>
            <FileName path={info.workspace.name} />
          </span>
        </Tooltip>
      )}
    </footer>
  )
}
