import { Button } from '@mantine/core'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import classes from './Banners.module.css'

/** What concerns the whole window and waits for the person, or for the host. */
export function Banners() {
  const connection = useHostStore((state) => state.connection)
  const save = useChainStore((state) => state.save)
  const file = useChainStore((state) => state.file)
  const { takeTheirs, keepMine, flush } = useChainStore.getState()
  return (
    <>
      {connection === 'lost' && (
        <div className={classes.root} role="alert">
          <span>
            <strong>Jacquard does not answer.</strong> What you change is kept in this window and saved once it is back.
            If you stopped it, start it again and open the address that it prints.
          </span>
        </div>
      )}
      {save.status === 'conflict' && save.theirs !== null && (
        <div className={classes.root} role="alert">
          <span>
            <strong>{file} was changed on disk</strong> while you were changing it here. Nothing is written until you
            choose; undo brings yours back.
          </span>
          <Button size="xs" onClick={() => void takeTheirs()}>
            Take theirs
          </Button>
          <Button size="xs" onClick={() => void keepMine()}>
            Keep mine
          </Button>
        </div>
      )}
      {save.status === 'conflict' && save.theirs === null && (
        <div className={classes.root} role="alert">
          <span>
            <strong>{file} was taken away on disk.</strong> What you see here is all that is left of it.
          </span>
          <Button size="xs" onClick={() => void takeTheirs()}>
            Close it
          </Button>
          <Button size="xs" onClick={() => void keepMine()}>
            Write it again
          </Button>
        </div>
      )}
      {save.status === 'failed' && connection !== 'lost' && (
        <div className={classes.root} role="alert">
          <span>
            <strong>Not saved.</strong> {save.message} Your changes are kept in this window.
          </span>
          <Button size="xs" onClick={() => void flush()}>
            Save again
          </Button>
        </div>
      )}
    </>
  )
}
