import { Button, Group } from '@mantine/core'
import type { WorkerDocument } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import classes from './WorkerEditor.module.css'

/** Where this window and the disk do not agree, until the person has chosen. */
export function SaveNotice({ document }: { readonly document: WorkerDocument }) {
  const { file, save } = document
  const store = useWorkerStore.getState()
  if (save.status === 'failed')
    return (
      <div className={classes.notice} role="alert">
        <span>
          <strong>Not saved.</strong> {save.message} Your changes are kept in this window.
        </span>
        <Button size="xs" onClick={() => void store.save()}>
          Save again
        </Button>
      </div>
    )
  if (save.status !== 'conflict') return null
  const isGone = save.theirs === null
  return (
    <div className={classes.notice} role="alert">
      <span>
        <strong>
          {file} was {isGone ? 'taken away' : 'changed'} on disk
        </strong>
        {isGone
          ? '. What you see here is all that is left of it.'
          : ' while you were changing it here. Nothing is written until you choose.'}
      </span>
      <Group gap="sm" wrap="nowrap">
        <Button size="xs" onClick={store.takeTheirs}>
          {isGone ? 'Close it' : 'Take theirs'}
        </Button>
        <Button size="xs" onClick={() => void store.keepMine()}>
          {isGone ? 'Write it again' : 'Keep mine'}
        </Button>
      </Group>
    </div>
  )
}
