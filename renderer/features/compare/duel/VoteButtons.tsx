import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp } from '@tabler/icons-react'
import type { Winner } from '../../../../shared/judging/vote.ts'
import classes from './Duel.module.css'

interface VoteButtonsProps {
  /** The names are shown: nobody votes. */
  readonly isOff: boolean
  readonly onVote: (winner: Winner) => void
}

const icon = { size: 16, stroke: 1.5 }

/** What the arrow keys do, for the mouse. */
export function VoteButtons({ isOff, onVote }: VoteButtonsProps) {
  return (
    <fieldset className={classes.votes} aria-label="Vote" disabled={isOff}>
      <Button size="md" leftSection={<IconArrowLeft {...icon} />} onClick={() => onVote('left')}>
        Left is better
      </Button>
      <Button size="md" leftSection={<IconArrowUp {...icon} />} onClick={() => onVote('tie')}>
        Tie
      </Button>
      <Button size="md" leftSection={<IconArrowDown {...icon} />} onClick={() => onVote('bothBad')}>
        Both bad
      </Button>
      <Button size="md" rightSection={<IconArrowRight {...icon} />} onClick={() => onVote('right')}>
        Right is better
      </Button>
    </fieldset>
  )
}
