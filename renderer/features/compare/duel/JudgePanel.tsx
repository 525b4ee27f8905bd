import { Button, Group, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type DuelScope, duelTally, judgeAgreement, votesOf } from '../../../../shared/judging/duelTally.ts'
import { duelVerdict } from '../../../../shared/judging/duelVerdict.ts'
import { DEFAULT_CRITERIA } from '../../../../shared/judging/judgeRequest.ts'
import { votesIn } from '../../../../shared/judging/preferenceInterval.ts'
import { previewPrice } from '../../../lib/previewText.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { selectJudging, useJudgingStore } from '../../../stores/judgingStore.ts'
import { useOpinionStore } from '../../../stores/opinionStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { agreementWords } from './agreementWords.ts'
import classes from './Duel.module.css'
import { useJudge, useJudgePreview } from './useJudge.ts'

interface JudgePanelProps {
  readonly file: string
  readonly duel: DuelScope
  readonly isRevealed: boolean
}

/** Which tier judges, by what, how far it agrees with the person, and what it says. */
export function JudgePanel({ file, duel, isRevealed }: JudgePanelProps) {
  const tiers = useHostStore((state) => state.tiers)
  const all = useOpinionStore((state) => state.votes)
  const [tier, setTier] = useState(tiers.at(-1)?.name ?? '')
  const [criteria, setCriteria] = useState(
    () => all.findLast(({ judge }) => judge !== null)?.criteria ?? DEFAULT_CRITERIA,
  )
  const { going, problem, run, stop } = useJudge()
  const progress = useJudgingStore(selectJudging(going))

  // By other criteria it may say otherwise: what it said by those does not count.
  const votes = all.filter((vote) => vote.judge === null || vote.criteria === criteria)
  const own = new Set(votesOf(votes, duel, null).map(({ pair }) => pair))
  const judged = new Set(votesOf(votes, duel, tier).map(({ pair }) => pair))
  const { pairs } = duel.pairs
  const toCompare = pairs.filter(({ id }) => own.has(id) && !judged.has(id))
  const others = pairs.filter(({ id }) => !own.has(id) && !judged.has(id))
  const agreed = judgeAgreement(votes, duel, tier)
  const request = (some: typeof pairs) => ({ file, stage: duel.stage, tier, criteria, pairs: some })
  const prices = { mine: useJudgePreview(request(toCompare)), others: useJudgePreview(request(others)) }
  const tally = duelTally(votes, duel, tier)
  const isAllCompared = own.size > 0 && toCompare.length === 0
  const hasJudged = votesIn(tally) > duel.pairs.same

  return (
    <div className={classes.judge}>
      <Select
        label="Tier"
        description={duel.variants.includes(tier) && isRevealed ? 'It judges answers of its own here.' : undefined}
        data={tiers.map(({ name, notReady }) => ({ value: name, label: name, disabled: notReady !== null }))}
        value={tier}
        allowDeselect={false}
        onChange={(next) => next !== null && setTier(next)}
      />
      <Textarea
        label="What makes an answer the better one"
        autosize
        minRows={3}
        maxRows={8}
        value={criteria}
        onChange={(event) => setCriteria(event.currentTarget.value)}
      />
      <p className={classes.agreement} role="status">
        {agreementWords(agreed, own.size)}
      </p>
      {hasJudged && (
        <p className={classes.agreement}>
          <strong>By its verdicts:</strong>{' '}
          {duelVerdict(tally, isRevealed ? duel.variants : ['One of the two', 'One of the two']).verdict}
        </p>
      )}
      {problem !== null && <ApiErrorNotice error={problem} />}
      {going !== null ? (
        <Group>
          <Button size="md" onClick={stop}>
            Stop
          </Button>
          <span className="quiet">
            {progress === null ? 'Asking…' : `${progress.done} of ${progress.total} answers: each pair in both orders`}
          </span>
        </Group>
      ) : (
        <Group gap="xs">
          {!isAllCompared && (
            <Button
              size="md"
              variant="filled"
              disabled={toCompare.length === 0 || criteria.trim() === ''}
              onClick={() => void run(request(toCompare))}
            >
              Judge my {pairWords(toCompare.length)}
              {prices.mine !== null && ` · ${previewPrice(prices.mine)}`}
            </Button>
          )}
          <Button
            size="md"
            variant={isAllCompared ? 'filled' : 'default'}
            disabled={agreed.count === 0 || others.length === 0 || criteria.trim() === ''}
            onClick={() => void run(request(others))}
          >
            Judge the other {others.length}
            {prices.others !== null && ` · ${previewPrice(prices.others)}`}
          </Button>
        </Group>
      )}
    </div>
  )
}

function pairWords(count: number): string {
  return `${count} ${count === 1 ? 'pair' : 'pairs'}`
}
