import { formatUsd } from '../../shared/format.ts'
import type { RunPreview } from '../../shared/runChange.ts'
import { previewText } from '../lib/previewText.ts'
import classes from './RunPreviewText.module.css'

/** What something would ask for, in one line, and what memory saves beneath it. */
export function RunPreviewText({ preview }: { readonly preview: RunPreview }) {
  const { savedMicros, simulated } = preview
  return (
    <span className={classes.root}>
      {previewText(preview)}
      {savedMicros > 0 && (
        <span className={classes.saved}>
          Memory saves {formatUsd(savedMicros)}
          {simulated && ' of play money'}
        </span>
      )}
    </span>
  )
}
