import { Anchor } from '@mantine/core'
import { formatCount } from '../../../../shared/format.ts'
import { callOrNotify } from '../../../lib/callOrNotify.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { FileName } from '../../../ui/FileName.tsx'

/** Writes the results to a file and says where it is. */
export async function exportRun(run: string, format: 'jsonl' | 'csv'): Promise<void> {
  const exported = await callOrNotify('runs.export', { run, format })
  if (exported === null) return
  const { file, items } = exported
  const canReveal = useHostStore.getState().info?.has.reveal === true
  notifyDone(
    `export ${run} ${format}`,
    <>
      {formatCount(items)} {items === 1 ? 'item' : 'items'} exported to <FileName path={file} />{' '}
      {canReveal && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => void callOrNotify('shell.reveal', { path: file })}
        >
          Show in folder
        </Anchor>
      )}
    </>,
    15_000,
  )
}
