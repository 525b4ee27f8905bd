import { SegmentedControl } from '@mantine/core'
import { formatCount } from '../../../shared/format.ts'
import type { RunSummary } from '../../../shared/run.ts'
import type { RunPart } from './runPart.ts'

interface PartSwitchProps {
  readonly summary: RunSummary
  readonly part: RunPart
  /** The window is too low for the grid above the rest. */
  readonly withGrid: boolean
  readonly onPart: (part: RunPart) => void
}

/** What is shown below the grid, or instead of it. Nothing where there is no choice. */
export function PartSwitch({ summary, part, withGrid, onPart }: PartSwitchProps) {
  const failed = failedIn(summary)
  const parts: readonly (readonly [RunPart, string])[] = [
    ...(withGrid ? ([['grid', 'Grid']] as const) : []),
    ['results', 'Results'],
    ...(failed > 0 || part === 'failures' ? ([['failures', `Failures ${formatCount(failed)}`]] as const) : []),
    ...(summary.revision > 0 ? ([['changes', `Changes ${formatCount(summary.revision)}`]] as const) : []),
  ]
  if (parts.length === 1) return null
  return (
    <SegmentedControl
      size="xs"
      aria-label="Show"
      data={parts.map(([value, label]) => ({ value, label }))}
      value={part === 'grid' && !withGrid ? 'results' : part}
      onChange={(value) => onPart(parts.find(([name]) => name === value)?.[0] ?? 'results')}
    />
  )
}

/** Failed items and groups. */
export function failedIn({ lanes }: RunSummary): number {
  return lanes.reduce((sum, { counts }) => sum + counts.failed, 0)
}
