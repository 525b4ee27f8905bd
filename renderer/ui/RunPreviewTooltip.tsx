import { Tooltip } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { PreviewOf } from '../lib/runPreviews.ts'
import { RunPreviewText } from './RunPreviewText.tsx'
import { useRunPreview } from './useRunPreview.ts'

interface RunPreviewTooltipProps {
  /** null: there is nothing to work out; the tooltip has its label alone. */
  readonly what: PreviewOf | null
  /** With another one it is worked out anew. */
  readonly asOf?: string
  /** What the button does, in a sentence; left out: its words say it. */
  readonly label?: string
  /** The button. */
  readonly children: ReactElement
}

/** Around a button that runs something: pointed at or focused, it says what it will ask for. */
export function RunPreviewTooltip({ what, asOf = '', label, children }: RunPreviewTooltipProps) {
  const [isNear, setNear] = useState(false)
  const state = useRunPreview(isNear ? what : null, asOf)
  const says =
    state.status === 'ready' ? (
      <RunPreviewText preview={state.preview} />
    ) : state.status === 'failed' ? (
      state.error.message
    ) : state.status === 'loading' ? (
      'Working out what it asks for…'
    ) : null
  return (
    <Tooltip
      label={
        <>
          {says}
          {label !== undefined && <span className={says === null ? undefined : 'quiet'}>{label}</span>}
        </>
      }
      // Not by what it says: one that is disabled when the pointer comes does not open afterwards.
      disabled={what === null && label === undefined}
      events={{ hover: true, focus: true, touch: false }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only listens whether the button within is pointed at */}
      <span
        style={{ display: 'inline-flex' }}
        onPointerEnter={() => setNear(true)}
        onPointerLeave={() => setNear(false)}
        onFocus={() => setNear(true)}
        onBlur={() => setNear(false)}
      >
        {children}
      </span>
    </Tooltip>
  )
}
