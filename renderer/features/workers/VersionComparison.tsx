import { EditorView } from '@codemirror/view'
import { useEffect, useState } from 'react'
import type { DocumentVersion } from '../../../shared/api.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { TextDiff } from '../../ui/TextDiff.tsx'
import { VersionTime } from './VersionTime.tsx'
import classes from './WorkerVersions.module.css'

interface VersionComparisonProps {
  readonly file: string
  /** undefined: there is none before. */
  readonly older: DocumentVersion | undefined
  readonly newer: DocumentVersion | undefined
}

/** What changed from one version to another. */
export function VersionComparison({ file, older, newer }: VersionComparisonProps) {
  const before = useVersionText(file, older?.version ?? null)
  const after = useVersionText(file, newer?.version ?? null)
  if ((older !== undefined && before === null) || after === null) return <ScreenLoading label="Reading the version" />
  if (older !== undefined && before === after)
    return <p className={classes.quiet}>Nothing differs: this is the text as it is now.</p>
  if (older === undefined || before === null)
    return (
      <>
        <p className={classes.quiet}>The first state that was seen.</p>
        <div className={classes.first}>
          <CodeEditor
            language="yaml"
            label="The worker as it was first"
            value={after}
            height="100%"
            extensions={REACHABLE}
          />
        </div>
      </>
    )
  return (
    <>
      <div className={classes.heads} aria-hidden>
        <span>
          <VersionTime at={older.at} />
        </span>
        <span>{newer !== undefined && <VersionTime at={newer.at} />}</span>
      </div>
      <TextDiff before={before} after={after} label="What changed" />
    </>
  )
}

/** By keys, though nothing can be typed in it: it may be longer than its place. */
const REACHABLE = [EditorView.contentAttributes.of({ tabindex: '0' })]

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
