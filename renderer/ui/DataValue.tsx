import { Group, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Json } from '../../shared/json.ts'
import { CopyButton } from './CopyButton.tsx'
import { DataTree } from './DataTree.tsx'
import classes from './DataValue.module.css'
import { LongText } from './LongText.tsx'

interface DataValueProps {
  readonly value: Json
  /** Stands above it: `Output`. */
  readonly label: string
  /** false: it stands there already, and is only said. Default true. */
  readonly withLabel?: boolean
  /** Beside the heading. */
  readonly aside?: ReactNode
}

/** Any value: text as text, data as a quiet tree or as the JSON it is. Nothing in it is ever taken for markup. */
export function DataValue({ value, label, withLabel = true, aside }: DataValueProps) {
  const [view, setView] = useState<'pretty' | 'raw'>('pretty')
  const isData = typeof value === 'object' && value !== null
  const raw = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div className={classes.root}>
      <Group gap="sm" wrap="nowrap" className={classes.head}>
        {withLabel && <span className={classes.label}>{label}</span>}
        {aside}
        <span className={classes.spring} />
        {isData && (
          <SegmentedControl
            aria-label={`Show ${label} as`}
            size="xs"
            className={classes.views ?? ''}
            data={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'raw', label: 'Raw' },
            ]}
            value={view}
            onChange={(next) => setView(next === 'raw' ? 'raw' : 'pretty')}
          />
        )}
        <CopyButton text={raw} label={`Copy ${label.toLowerCase()}`} />
      </Group>
      <div className={classes.body}>
        {isData && view === 'pretty' ? <DataTree value={value} /> : <LongText text={raw} mono={isData} />}
      </div>
    </div>
  )
}
