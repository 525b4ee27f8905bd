import { Button, Tooltip } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { type Changes, type Evaluation, passRate } from '../../../../shared/evaluations/evaluation.ts'
import type { Baseline } from '../../../../shared/evaluations/suite.ts'
import { formatUsd } from '../../../../shared/format.ts'
import { useEvaluationStore } from '../../../stores/evaluationStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import classes from './EvaluationsView.module.css'

interface EvaluationResultProps {
  readonly evaluation: Evaluation
  /** null: there is nothing to hold it against. */
  readonly baseline: Baseline | null
  readonly changes: Changes | null
  readonly golden: Baseline | null
}

/** What the newest evaluation came to, and what is different from the baseline. */
export function EvaluationResult({ evaluation, baseline, changes, golden }: EvaluationResultProps) {
  const { passed, total, rate, interval, costMicros } = passRate(evaluation)
  const tiers = useHostStore((state) => state.tiers)
  const isPlayMoney = costMicros !== 0 && tiers.every(({ backend }) => backend === 'simulated')
  const isGolden = golden?.evaluation === evaluation.id
  return (
    <div className={classes.result} role="status" aria-label="Result">
      <StateGlyph state={passed === total ? 'succeeded' : 'failed'} />
      <strong>
        {passed} of {total} passed
      </strong>
      <Tooltip label="95 %: what the share may be over all items that are like these cases.">
        <span>
          {percent(rate)} % ({percent(interval.low)}–{percent(interval.high)})
        </span>
      </Tooltip>
      {changes !== null && baseline !== null && (
        <ChangeWords changes={changes} baseline={baseline} isGolden={golden !== null} />
      )}
      <span className={classes.quiet}>
        {costMicros === null ? 'price unknown' : formatUsd(costMicros)}
        {isPlayMoney && ' of play money'} · <RelativeTime at={evaluation.at} />
      </span>
      <span className={classes.spring} />
      {isGolden ? (
        <span className={classes.quiet}>The golden one</span>
      ) : (
        <Tooltip label="Later evaluations are held against this one. It is written into the suite.">
          <Button
            size="xs"
            leftSection={<IconFlag size={14} stroke={1.5} />}
            onClick={() => void useEvaluationStore.getState().setGolden(evaluation.id)}
          >
            Make it golden
          </Button>
        </Tooltip>
      )}
    </div>
  )
}

interface ChangeWordsProps {
  readonly changes: Changes
  readonly baseline: Baseline
  readonly isGolden: boolean
}

function ChangeWords({ changes: { regressions, improvements }, baseline, isGolden }: ChangeWordsProps) {
  const since = isGolden ? `the golden one (${baseline.variant})` : 'the one before'
  if (regressions.length === 0 && improvements.length === 0) return <span>as {since}</span>
  return (
    <span>
      {regressions.length > 0 && (
        <strong className={classes.worse}>{countWords(regressions.length, 'regression')}</strong>
      )}
      {regressions.length > 0 && improvements.length > 0 && ', '}
      {improvements.length > 0 && countWords(improvements.length, 'improvement')} since {since}
    </span>
  )
}

function countWords(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

function percent(share: number): number {
  return Math.round(share * 100)
}
