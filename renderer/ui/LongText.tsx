import { Anchor } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../shared/format.ts'
import classes from './LongText.module.css'

/** Laying out more than this at once makes the window stutter, and nobody reads it. */
const SHOWN_AT_ONCE = 20_000

interface LongTextProps {
  readonly text: string
  readonly mono?: boolean
}

/** Text with its line breaks; of a very long one the beginning, the rest on request. */
export function LongText({ text, mono = false }: LongTextProps) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE)
  if (text === '') return <span className="quiet">(empty text)</span>
  const rest = text.length - shown
  return (
    <>
      <div className={classes.text} data-mono={mono}>
        {text.slice(0, shown)}
      </div>
      {rest > 0 && (
        <Anchor component="button" type="button" size="sm" onClick={() => setShown(shown + 5 * SHOWN_AT_ONCE)}>
          Show more: {formatCount(rest)} characters are left
        </Anchor>
      )}
    </>
  )
}
