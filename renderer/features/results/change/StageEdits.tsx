import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Chain } from '../../../../shared/chain.ts'
import type { RunStage } from '../../../../shared/run.ts'
import { type ChangeDraft, modelStages, type StageDraft } from './draftChange.ts'
import classes from './StageEdits.module.css'
import { StageFields } from './StageFields.tsx'

interface StageEditsProps {
  readonly chain: Chain
  /** As the run has them: with the tiers that its launch chose. */
  readonly runStages: readonly RunStage[]
  readonly drafts: ChangeDraft['stages']
  readonly onDrafts: (drafts: ChangeDraft['stages']) => void
}

/** One model stage at a time, and what can be changed in it. */
export function StageEdits({ chain, runStages, drafts, onDrafts }: StageEditsProps) {
  const stages = modelStages(chain)
  const [chosen, setChosen] = useState(stages[0]?.id ?? null)
  const placed = stages.find(({ id }) => id === chosen) ?? stages[0]
  if (placed === undefined) return <p className="quiet">No stage of this chain calls a model.</p>
  const { id } = placed
  return (
    <section className={classes.root} aria-label="What is changed">
      {stages.length > 1 && (
        <Select
          label="Stage"
          data={stages.map((stage) => ({
            value: stage.id,
            label: drafts[stage.id] === undefined ? stage.id : `${stage.id} (changed)`,
          }))}
          allowDeselect={false}
          value={id}
          onChange={(next) => next !== null && setChosen(next)}
        />
      )}
      <StageFields
        key={id}
        placed={placed}
        tier={runStages.find((stage) => stage.id === id)?.tier ?? null}
        draft={drafts[id] ?? {}}
        onDraft={(draft) => onDrafts(withDraft(drafts, id, draft))}
      />
    </section>
  )
}

function withDraft(drafts: ChangeDraft['stages'], id: string, draft: StageDraft): ChangeDraft['stages'] {
  const { [id]: _, ...others } = drafts
  return Object.keys(draft).length === 0 ? others : { ...others, [id]: draft }
}
