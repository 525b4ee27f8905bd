import { Button } from '@mantine/core'
import { EmptyState } from '../../../ui/EmptyState.tsx'

interface DuelEndProps {
  readonly votes: number
  readonly pairs: number
  readonly isRevealed: boolean
  readonly onReveal: () => void
}

/** Nothing is left to vote on. */
export function DuelEnd({ votes, pairs, isRevealed, onReveal }: DuelEndProps) {
  if (votes === 0 && pairs === 0)
    return (
      <EmptyState title="No pairs yet">
        Both variants need an output of the same item. Run the comparison first.
      </EmptyState>
    )
  return (
    <EmptyState
      title={pairs === 1 ? 'The only pair is judged' : `All ${pairs} pairs are judged`}
      actions={
        isRevealed ? undefined : (
          <Button variant="filled" size="md" onClick={onReveal}>
            Reveal the names
          </Button>
        )
      }
    >
      To be surer, compare more items: votes on other items of the same two variants count together.
    </EmptyState>
  )
}
