import { Button, SegmentedControl, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DocumentVersion } from '../../../shared/api.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import type { WorkerDocument } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { VersionComparison } from './VersionComparison.tsx'
import { VersionTime } from './VersionTime.tsx'
import classes from './WorkerVersions.module.css'

type Against = 'before' | 'now'

/** Every state of the worker that was seen, newest first, and what changed from one to another. */
export function WorkerVersions({ document }: { readonly document: WorkerDocument }) {
  const { file, saved } = document
  const versions = useVersions(file, saved.version)
  const [chosen, setChosen] = useState<string | null>(null)
  const [against, setAgainst] = useState<Against>('before')
  if (versions === null) return <ScreenLoading label="Reading the versions" />

  const at = Math.max(
    0,
    versions.findIndex(({ version }) => version === chosen),
  )
  const shown = versions[at]
  const other = against === 'before' ? versions[at + 1] : versions[0]
  return (
    <div className={classes.root}>
      <ol className={classes.list} aria-label="Versions">
        {versions.map((each, index) => (
          <li key={each.version} className={classes.row} data-shown={index === at}>
            <button
              type="button"
              className={classes.when}
              aria-current={index === at ? 'true' : undefined}
              onClick={() => setChosen(each.version)}
            >
              <VersionTime at={each.at} />
            </button>
            {index === 0 && <span className={classes.now}>now</span>}
          </li>
        ))}
      </ol>
      {shown !== undefined && (
        <div className={classes.view}>
          <div className={classes.bar}>
            <SegmentedControl
              aria-label="Compare with"
              value={against}
              onChange={(next) => setAgainst(next === 'now' ? 'now' : 'before')}
              data={[
                { value: 'before', label: 'With the one before' },
                { value: 'now', label: 'With now' },
              ]}
            />
            <span className={classes.spring} />
            <Tooltip label="It becomes the newest version; none is lost." disabled={at === 0}>
              <Button
                leftSection={<IconArrowBackUp size={16} stroke={1.5} />}
                disabled={at === 0}
                onClick={() => void restore(file, shown)}
              >
                Restore this version
              </Button>
            </Tooltip>
          </div>
          <VersionComparison
            file={file}
            older={against === 'before' ? other : shown}
            newer={against === 'before' ? shown : other}
          />
        </div>
      )}
    </div>
  )
}

/** Read anew when another state stands on disk. null: not read yet. */
function useVersions(file: string, savedVersion: string): readonly DocumentVersion[] | null {
  const [versions, setVersions] = useState<readonly DocumentVersion[] | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state on disk makes another list
  useEffect(() => {
    let isCurrent = true
    void callOrNotify('workers.versions', { file }).then((read) => {
      if (isCurrent && read !== null) setVersions(read)
    })
    return () => {
      isCurrent = false
    }
  }, [file, savedVersion])
  return versions
}

/** What is not saved is not lost either: it is one undo away. */
async function restore(file: string, { version }: DocumentVersion): Promise<void> {
  const read = await callOrNotify('workers.version', { file, version })
  if (read === null) return
  useWorkerStore.getState().setText(read.text, 'Restore a version')
  await useWorkerStore.getState().save()
}
