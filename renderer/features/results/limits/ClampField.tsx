import { NumberInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { callOrNotify } from '../../../lib/callOrNotify.ts'
import classes from './ClampField.module.css'

/** A number is still being typed. */
const TYPING_MS = 500

interface ClampFieldProps {
  /** Of the backend. */
  readonly name: string
  readonly clamp: number | null
}

/** How many calls to a backend a person allows at once, over all runs; empty: what is known of it decides. */
export function ClampField({ name, clamp }: ClampFieldProps) {
  const [typed, setTyped] = useState<number | string>(clamp ?? '')
  const set = useDebouncedCallback((concurrency: number | null) => {
    void callOrNotify('backends.clamp', { name, concurrency })
  }, TYPING_MS)
  return (
    <div className={classes.root}>
      <NumberInput
        label="At most at once"
        size="xs"
        classNames={{ root: classes.field ?? '', label: classes.label ?? '', input: classes.input ?? '' }}
        placeholder="automatic"
        min={1}
        max={10_000}
        allowDecimal={false}
        allowNegative={false}
        value={typed}
        onChange={(value) => {
          setTyped(value)
          if (value === '') set(null)
          else if (typeof value === 'number' && value >= 1) set(value)
        }}
      />
      <span className="quiet">over all runs; empty: automatic</span>
    </div>
  )
}
