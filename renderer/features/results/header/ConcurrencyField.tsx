import { Checkbox, NumberInput, Popover, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { DEFAULT_CONCURRENCY } from '../../../../shared/chain.ts'
import { callOrNotify } from '../../../lib/callOrNotify.ts'
import classes from './ConcurrencyField.module.css'

interface ConcurrencyFieldProps {
  readonly run: string
  readonly concurrency: number | 'unbounded'
}

/** How many items are in flight at once; may be changed while the run goes on. */
export function ConcurrencyField({ run, concurrency }: ConcurrencyFieldProps) {
  const [last, setLast] = useState(concurrency === 'unbounded' ? DEFAULT_CONCURRENCY : concurrency)
  // As it was asked for: the run says it back a moment later.
  const [isUnbounded, setUnbounded] = useState(concurrency === 'unbounded')
  const set = (next: number | 'unbounded'): void => {
    setUnbounded(next === 'unbounded')
    if (next !== 'unbounded') setLast(next)
    void callOrNotify('runs.setConcurrency', { run, concurrency: next })
  }
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.target} aria-label={`Items at once: ${concurrency}. Change`}>
          <span className={classes.label}>at once</span> {concurrency === 'unbounded' ? '∞' : concurrency}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <NumberInput
          label="Items at once"
          description="Backends keep to their own limits besides."
          min={1}
          max={10_000}
          allowDecimal={false}
          disabled={isUnbounded}
          value={last}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1) set(value)
          }}
        />
        <Checkbox
          mt="sm"
          size="xs"
          label="No limit"
          checked={isUnbounded}
          onChange={(event) => set(event.currentTarget.checked ? 'unbounded' : last)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
