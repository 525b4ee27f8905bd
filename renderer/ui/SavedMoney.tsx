import { Tooltip } from '@mantine/core'
import { formatUsd } from '../../shared/format.ts'
import { StateSign } from './StateGlyph.tsx'

interface SavedMoneyProps {
  /** Millionths of a dollar. */
  readonly micros: number
  readonly simulated?: boolean
}

/** What answers from memory cost when they were asked for; quiet, for it was not spent now. */
export function SavedMoney({ micros, simulated = false }: SavedMoneyProps) {
  const label = `From memory: what was asked cost ${formatUsd(micros)}${simulated ? ' of play money' : ''} then, and nothing now.`
  return (
    <Tooltip label={label}>
      <span className="tabular quiet">
        <StateSign state="remembered" /> {formatUsd(micros)} saved
      </span>
    </Tooltip>
  )
}
