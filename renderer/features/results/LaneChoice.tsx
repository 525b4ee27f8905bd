import { SegmentedControl } from '@mantine/core'
import type { RunSummary } from '../../../shared/run.ts'
import { laneTitle } from './grid/LaneBands.tsx'

interface LaneChoiceProps {
  readonly summary: RunSummary
  readonly lane: number
  readonly onLane: (lane: number) => void
}

/** Whose results the table shows: the items', or those of the groups made of them. */
export function LaneChoice({ summary, lane, onLane }: LaneChoiceProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Results of"
      data={summary.lanes.map((_, at) => ({ value: String(at), label: laneTitle(summary, at) }))}
      value={String(lane)}
      onChange={(value) => onLane(Number(value))}
    />
  )
}
