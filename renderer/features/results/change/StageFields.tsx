import { NumberInput, Select } from '@mantine/core'
import type { PlacedStage } from '../../../../shared/stageTree.ts'
import { drawnTier } from '../../../lib/drawnTier.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { useWorkerStore } from '../../../stores/workerStore.ts'
import { CodeEditor } from '../../../ui/CodeEditor.tsx'
import type { StageDraft } from './draftChange.ts'
import classes from './StageEdits.module.css'

interface StageFieldsProps {
  readonly placed: PlacedStage
  /** That it is asked of now; null: the run does not say. */
  readonly tier: string | null
  readonly draft: StageDraft
  readonly onDraft: (draft: StageDraft) => void
}

/** What of a model stage can be changed while a run goes on. */
export function StageFields({ placed, tier, draft, onDraft }: StageFieldsProps) {
  const { stage } = placed
  const tiers = useHostStore((state) => state.tiers)
  const workers = useWorkerStore((state) => state.workers)
  if (stage.kind !== 'model') return null
  const own = {
    instructions: stage.instructions ?? '',
    prompt: stage.prompt ?? '',
    tier: tier ?? drawnTier(stage, workers) ?? '',
    maxTokens: stage.maxTokens,
  }
  /** What is as it was is no change. */
  const set = <K extends keyof StageDraft>(key: K, value: StageDraft[K]) => {
    const { [key]: _, ...others } = draft
    onDraft(value === own[key] || value === undefined ? others : { ...others, [key]: value })
  }
  const names = tiers.map(({ name }) => name)
  const chosen = draft.tier ?? own.tier
  return (
    <>
      <div className={classes.row}>
        <Select
          label="Tier"
          data={names.includes(chosen) ? names : [chosen, ...names]}
          allowDeselect={false}
          value={chosen}
          onChange={(next) => next !== null && set('tier', next)}
        />
        <NumberInput
          label="Most tokens of an answer"
          min={1}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          placeholder="as its tier has it"
          value={draft.maxTokens ?? own.maxTokens ?? ''}
          onChange={(value) => set('maxTokens', typeof value === 'number' && value >= 1 ? value : undefined)}
        />
      </div>
      <TextField
        label="Instructions"
        placeholder={stage.worker === undefined ? 'None.' : 'Those of its worker.'}
        value={draft.instructions ?? own.instructions}
        onChange={(text) => set('instructions', text)}
      />
      <TextField
        label="Prompt"
        placeholder={stage.worker === undefined ? 'None: its input.' : 'That of its worker; without one, its input.'}
        value={draft.prompt ?? own.prompt}
        onChange={(text) => set('prompt', text)}
      />
    </>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function TextField({ label, placeholder, value, onChange }: TextFieldProps) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <div className={classes.editor}>
        <CodeEditor language="text" label={label} placeholder={placeholder} value={value} onChange={onChange} />
      </div>
    </div>
  )
}
