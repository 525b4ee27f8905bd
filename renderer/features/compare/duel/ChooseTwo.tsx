import { Button, Chip, Group } from '@mantine/core'
import { useState } from 'react'
import { EmptyState } from '../../../ui/EmptyState.tsx'

interface ChooseTwoProps {
  readonly variants: readonly string[]
  readonly onChoose: (two: readonly [string, string]) => void
}

/** Which two of several variants are to be held against each other. */
export function ChooseTwo({ variants, onChoose }: ChooseTwoProps) {
  const [chosen, setChosen] = useState<readonly string[]>(variants.slice(-2))
  const [first, second] = chosen
  // The third one takes the place of the first.
  const choose = (names: readonly string[]) => setChosen(names.slice(-2))
  return (
    <EmptyState
      title="Which two?"
      actions={
        <Button
          variant="filled"
          size="md"
          disabled={second === undefined}
          onClick={() => first !== undefined && second !== undefined && onChoose([first, second])}
        >
          Begin the duel
        </Button>
      }
    >
      <p>You will see two outputs of one item at a time, and not whose they are.</p>
      <Chip.Group multiple value={[...chosen]} onChange={choose}>
        <Group justify="center" gap="xs">
          {variants.map((name) => (
            <Chip key={name} value={name} size="sm">
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </EmptyState>
  )
}
