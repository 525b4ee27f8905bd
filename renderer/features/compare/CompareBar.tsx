import { Select } from '@mantine/core'
import { MOST_REPEATS } from '../../../shared/compare/limits.ts'
import { allStages } from '../../../shared/stageTree.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useCompareStore } from '../../stores/compareStore.ts'
import classes from './CompareBar.module.css'
import { CompareRun } from './CompareRun.tsx'
import { SampleButton } from './sample/SampleButton.tsx'
import { VariantChips } from './variants/VariantChips.tsx'

const WHOLE = 'whole chain'

/** What is compared: items × variants, one stage or the whole chain; and what that would cost. */
export function CompareBar() {
  const chain = useChainStore((state) => state.good?.chain ?? null)
  const { stage, repeats } = useCompareStore((state) => state.draft)
  const { change } = useCompareStore.getState()
  const models = chain === null ? [] : allStages(chain).flatMap(({ id, stage }) => (stage.kind === 'model' ? [id] : []))
  return (
    <div className={classes.root}>
      <div className={classes.what}>
        <SampleButton />
        <span aria-hidden className="quiet">
          ×
        </span>
        <VariantChips />
      </div>
      <div className={classes.how}>
        <Select
          aria-label="What is compared"
          w={136}
          data={[{ value: '', label: WHOLE }, ...models.map((id) => ({ value: id, label: id }))]}
          value={stage !== null && models.includes(stage) ? stage : ''}
          allowDeselect={false}
          onChange={(value) => change({ stage: value === '' ? null : value })}
        />
        <Select
          aria-label="How often each item is asked"
          w={92}
          data={Array.from({ length: MOST_REPEATS }, (_, at) => ({
            value: String(at + 1),
            label: at === 0 ? 'once' : `${at + 1} times`,
          }))}
          value={String(repeats)}
          allowDeselect={false}
          onChange={(value) => change({ repeats: Number(value) })}
        />
        <CompareRun />
      </div>
    </div>
  )
}
