import { Button, SegmentedControl, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DocumentVersion } from '../../../shared/api.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import type { WorkerDocument } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { TextDiff } from '../../ui/TextDiff.tsx'
import { useNow } from '../../ui/useNow.ts'
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
          <Comparison
            file={file}
            older={against === 'before' ? other : shown}
            newer={against === 'before' ? shown : other}
          />
        </div>
      )}
    </div>
  )
}

interface ComparisonProps {
  readonly file: string
  /** undefined: there is none before. */
  readonly older: DocumentVersion | undefined
  readonly newer: DocumentVersion | undefined
}

function Comparison({ file, older, newer }: ComparisonProps) {
  const before = useVersionText(file, older?.version ?? null)
  const after = useVersionText(file, newer?.version ?? null)
  if ((older !== undefined && before === null) || after === null) return <ScreenLoading label="Reading the version" />
  if (older !== undefined && before === after)
    return <p className={classes.quiet}>Nothing differs: this is the text as it is now.</p>
  return (
    <>
      <div className={classes.heads} aria-hidden>
        <span>{older === undefined ? 'Nothing before it' : <VersionTime at={older.at} />}</span>
        <span>{newer !== undefined && <VersionTime at={newer.at} />}</span>
      </div>
      <TextDiff before={before ?? ''} after={after} label="What changed" />
    </>
  )
}

/** To the second on the day itself: a worker is often saved several times a minute. */
function VersionTime({ at }: { readonly at: number }) {
  const now = useNow(60_000)
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return <time dateTime={new Date(at).toISOString()}>{isToday ? `Today, ${clock.format(at)}` : day.format(at)}</time>
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

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

/** null: not read yet, or there is no such version. */
function useVersionText(file: string, version: string | null): string | null {
  const [read, setRead] = useState<{ readonly version: string; readonly text: string } | null>(null)
  useEffect(() => {
    let isCurrent = true
    if (version !== null)
      void callOrNotify('workers.version', { file, version }).then((reply) => {
        if (isCurrent && reply !== null) setRead({ version, text: reply.text })
      })
    return () => {
      isCurrent = false
    }
  }, [file, version])
  return read !== null && read.version === version ? read.text : null
}

/** What is not saved is not lost either: it is one undo away. */
async function restore(file: string, { version }: DocumentVersion): Promise<void> {
  const read = await callOrNotify('workers.version', { file, version })
  if (read === null) return
  useWorkerStore.getState().setText(read.text, 'Restore a version')
  await useWorkerStore.getState().save()
}
