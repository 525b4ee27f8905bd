import { Button } from '@mantine/core'
import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { useEffect } from 'react'
import { outputVersion } from '../../../../shared/judging/duelPairs.ts'
import type { Rating } from '../../../../shared/judging/vote.ts'
import type { TriedCell } from '../../../../shared/triedCell.ts'
import { ratingOf, useOpinionStore } from '../../../stores/opinionStore.ts'
import classes from './CellRating.module.css'

interface CellRatingProps {
  /** The chain's. */
  readonly file: string
  readonly stage: string | null
  readonly cell: TriedCell
}

const SCORES: readonly { readonly score: Rating['score']; readonly key: string; readonly label: string }[] = [
  { score: 'good', key: 'G', label: 'Good' },
  { score: 'bad', key: 'B', label: 'Bad' },
  ...[1, 2, 3, 4, 5].map((score) => ({ score, key: String(score), label: String(score) })),
]

/** How a person finds this output: by a press, or by the keys G, B, and 1 to 5. The same again takes it back. */
export function CellRating({ file, stage, cell }: CellRatingProps) {
  const ratings = useOpinionStore((state) => state.ratings)
  useEffect(() => {
    void useOpinionStore.getState().open(file)
  }, [file])
  const { item, variant, repeat, output } = cell
  const rated = { item: item.key, stage, variant, repeat, output: outputVersion(output) }
  const now = ratingOf(ratings, rated)?.score ?? null
  const rate = (score: Rating['score']) => void useOpinionStore.getState().rate({ ...rated, score })
  useHotkeys(SCORES.map(({ key, score }): HotkeyItem => [key, () => rate(score)]))
  return (
    <fieldset className={classes.root} aria-label="Rating">
      <span className={classes.label}>Rating</span>
      {SCORES.map(({ score, label, key }) => (
        <Button
          key={key}
          size="xs"
          variant={now === score ? 'light' : 'default'}
          aria-pressed={now === score}
          title={key === label ? `Key ${key}` : `${label} (${key})`}
          onClick={() => rate(score)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  )
}
