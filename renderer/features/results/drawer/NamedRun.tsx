import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRunStore } from '../../../stores/runStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** For `RunNaming`. */
export function nameRun(run: string): ReactNode {
  return <NamedRun run={run} />
}

/** A run by its chain and its time, and a way to it; a test, which is in no list, by its id. */
function NamedRun({ run }: { readonly run: string }) {
  const about = useRunStore((state) => state.runs.find((one) => one.run === run) ?? null)
  const isOpen = useViewStore((state) => state.openRun === run)
  if (isOpen) return 'this one, before'
  if (about === null) return <span className="mono">{run}</span>
  return (
    <>
      <Anchor component="button" type="button" size="md" onClick={() => useViewStore.getState().showRun(run)}>
        {about.chainName}
      </Anchor>{' '}
      of {exact.format(about.startedAt)}
    </>
  )
}
