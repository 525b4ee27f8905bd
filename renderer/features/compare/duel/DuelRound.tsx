import { Button, Group, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconEye, IconEyeOff, IconGavel, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { type DuelScope, duelTally, votesOf } from '../../../../shared/judging/duelTally.ts'
import { duelVerdict } from '../../../../shared/judging/duelVerdict.ts'
import { votesIn } from '../../../../shared/judging/preferenceInterval.ts'
import type { Winner } from '../../../../shared/judging/vote.ts'
import { useOpinionStore } from '../../../stores/opinionStore.ts'
import classes from './Duel.module.css'
import { DuelEnd } from './DuelEnd.tsx'
import { DuelItem } from './DuelItem.tsx'
import { DuelOutput } from './DuelOutput.tsx'
import { JudgeDialog } from './JudgeDialog.tsx'
import { useDuelKeys } from './useDuelKeys.ts'
import { VoteButtons } from './VoteButtons.tsx'

interface DuelRoundProps {
  readonly file: string
  readonly duel: DuelScope
  /** Chooses other variants; null: there are no others. */
  readonly onOthers: (() => void) | null
}

const icon = { size: 16, stroke: 1.5 }

/** The pair whose turn it is, what the votes have come to, and the keys. */
export function DuelRound({ file, duel, onOthers }: DuelRoundProps) {
  const votes = useOpinionStore((state) => state.votes)
  const [isRevealed, setRevealed] = useState(false)
  const [isItemOpen, setItemOpen] = useState(true)
  const [isJudging, setJudging] = useState(false)
  const { pairs, same, without } = duel.pairs
  const own = votesOf(votes, duel, null)
  const voted = new Set(own.map(({ pair }) => pair))
  const pair = pairs.find(({ id }) => !voted.has(id))
  const tally = duelTally(votes, duel, null)
  const last = own.at(-1)
  const { verdict, outlook } = duelVerdict(tally, isRevealed ? duel.variants : ['One of the two', 'One of the two'])

  const vote = (winner: Winner) => {
    // Whoever sees the names does not judge blindly.
    if (pair === undefined || isRevealed) return
    const { id, item, left, right } = pair
    const told = { pair: id, item: item.key, stage: duel.stage, left: left.variant, right: right.variant, winner }
    void useOpinionStore.getState().vote({ ...told, judge: null, why: null, criteria: null })
  }
  const undo = () => {
    if (last !== undefined) void useOpinionStore.getState().undo(last.id)
  }
  useDuelKeys({ isOn: !isJudging, vote, undo, reveal: () => setRevealed(!isRevealed) })

  return (
    <>
      <header className={classes.head}>
        <div className={classes.verdict} role="status">
          <strong>{verdict}</strong> {outlook}
        </div>
        <Group gap="xs" wrap="nowrap">
          {onOthers !== null && (
            <Button size="xs" variant="subtle" leftSection={<IconUsers {...icon} />} onClick={onOthers}>
              Other two
            </Button>
          )}
          <Button size="xs" leftSection={<IconGavel {...icon} />} onClick={() => setJudging(true)}>
            A model as judge
          </Button>
          <Tooltip label="Take the last vote back (U)">
            <Button size="xs" leftSection={<IconArrowBackUp {...icon} />} disabled={last === undefined} onClick={undo}>
              Undo
            </Button>
          </Tooltip>
          <Tooltip label="Names of the variants (H). While they are shown, votes are not taken.">
            <Button
              size="xs"
              aria-pressed={isRevealed}
              leftSection={isRevealed ? <IconEyeOff {...icon} /> : <IconEye {...icon} />}
              onClick={() => setRevealed(!isRevealed)}
            >
              {isRevealed ? 'Hide' : 'Reveal'}
            </Button>
          </Tooltip>
        </Group>
      </header>
      <p className={classes.place}>
        {pair !== undefined && (
          <span>
            {voted.size + 1} of {pairs.length}
          </span>
        )}
        {same > 0 && <span>{countWords(same, 'pair is', 'pairs are')} the same: a tie without a vote.</span>}
        {without > 0 && <span>{countWords(without, 'pair has', 'pairs have')} no output on a side.</span>}
      </p>
      {pair === undefined ? (
        <DuelEnd
          votes={votesIn(tally)}
          pairs={pairs.length}
          isRevealed={isRevealed}
          onReveal={() => setRevealed(true)}
        />
      ) : (
        <>
          <DuelItem
            key={pair.id}
            itemKey={pair.item.key}
            run={pair.left.run}
            isOpen={isItemOpen}
            onToggle={setItemOpen}
          />
          <div className={classes.sides}>
            <DuelOutput
              side="Left"
              key={`${pair.id} left`}
              name={isRevealed ? pair.left.variant : null}
              cell={pair.left}
              other={pair.right}
            />
            <DuelOutput
              side="Right"
              key={`${pair.id} right`}
              name={isRevealed ? pair.right.variant : null}
              cell={pair.right}
              other={pair.left}
            />
          </div>
          <VoteButtons isOff={isRevealed} onVote={vote} />
        </>
      )}
      <JudgeDialog
        file={file}
        duel={duel}
        isOpen={isJudging}
        isRevealed={isRevealed}
        onClose={() => setJudging(false)}
      />
    </>
  )
}

function countWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
