import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './OpenRunView.module.css'

interface OneAtATimeProps {
  readonly grid: ReactNode
  readonly results: ReactNode
}

/** Grid or results, where the window is too low for both. */
export function OneAtATime({ grid, results }: OneAtATimeProps) {
  const [view, setView] = useState<'grid' | 'results'>('grid')
  return (
    <div className={classes.root}>
      <div className={classes.switch}>
        <SegmentedControl
          aria-label="Show"
          data={[
            { value: 'grid', label: 'Grid' },
            { value: 'results', label: 'Results' },
          ]}
          value={view}
          onChange={(next) => setView(next === 'results' ? 'results' : 'grid')}
        />
      </div>
      <div className={classes.body}>{view === 'grid' ? grid : results}</div>
    </div>
  )
}
