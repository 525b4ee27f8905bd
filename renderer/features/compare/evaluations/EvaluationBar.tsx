import { Button, Select } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { hasErrors } from '../../../../shared/chainDocument.ts'
import type { Evaluation } from '../../../../shared/evaluations/evaluation.ts'
import type { Suite } from '../../../../shared/evaluations/suite.ts'
import { formatCount } from '../../../../shared/format.ts'
import { AS_DRAWN, variantOfTier } from '../../../../shared/variant.ts'
import { previewPrice, previewText } from '../../../lib/previewText.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useEvaluationStore } from '../../../stores/evaluationStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { selectJudging, useJudgingStore } from '../../../stores/judgingStore.ts'
import classes from './EvaluationsView.module.css'
import { PassHistory } from './PassHistory.tsx'
import { useEvaluationPreview } from './useEvaluationPreview.ts'

interface EvaluationBarProps {
  /** Of the suite. */
  readonly file: string
  readonly suite: Suite
  readonly variant: string
  /** Evaluations of this variant, oldest first. */
  readonly history: readonly Evaluation[]
  readonly onVariant: (variant: string) => void
}

/** Which variant is evaluated, how it went before, and the button that says what it costs. */
export function EvaluationBar({ file, suite, variant, history, onVariant }: EvaluationBarProps) {
  const tiers = useHostStore((state) => state.tiers)
  const going = useEvaluationStore((state) => state.going)
  const progress = useJudgingStore(selectJudging(going))
  const isBroken = useChainStore(({ parsed }) => hasErrors(parsed.problems))
  const preview = useEvaluationPreview(suite, variant)
  const count = `${formatCount(suite.cases.length)} ${suite.cases.length === 1 ? 'case' : 'cases'}`
  return (
    <div className={classes.bar}>
      <Select
        aria-label="Evaluate"
        w={160}
        data={[
          { value: AS_DRAWN, label: 'As drawn' },
          ...tiers.map(({ name, notReady }) => ({ value: name, label: `All on ${name}`, disabled: notReady !== null })),
        ]}
        value={variant}
        allowDeselect={false}
        onChange={(value) => value !== null && onVariant(value)}
      />
      <PassHistory history={history} />
      <span className={classes.file} title={file}>
        {suite.name ?? file}
      </span>
      {going === null ? (
        <Button
          size="md"
          variant="filled"
          leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
          disabled={isBroken}
          title={preview === null ? undefined : previewText(preview)}
          onClick={() => void useEvaluationStore.getState().run(variantOfTier(variant))}
        >
          Evaluate {count}
          {preview !== null && ` · ${previewPrice(preview)}`}
        </Button>
      ) : (
        <>
          <span className={classes.progress} role="status">
            {progress === null ? 'Asking…' : `${progress.done} of ${progress.total}`}
          </span>
          <Button
            size="md"
            leftSection={<IconPlayerStop size={16} stroke={1.5} />}
            onClick={() => void useEvaluationStore.getState().stop()}
          >
            Stop
          </Button>
        </>
      )}
    </div>
  )
}
