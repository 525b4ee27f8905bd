import { Checkbox, NumberInput, TextInput, Tooltip } from '@mantine/core'
import { type Chain, DEFAULT_CONCURRENCY } from '../../../shared/chain.ts'
import { type SinkKind, sinkKind } from '../../../shared/sink.ts'
import { allStages } from '../../../shared/stageTree.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { ParamFields } from '../../ui/params/ParamFields.tsx'
import classes from './LaunchScreen.module.css'
import { defaultOutput, type LaunchDraft, outputProblem, ownSink } from './launchDraft.ts'
import { TierFields } from './TierFields.tsx'
import { TripwireFields } from './TripwireFields.tsx'
import { useFileExists } from './useFileExists.ts'

interface LaunchOptionsFormProps {
  readonly chain: Chain
  readonly file: string
  readonly draft: LaunchDraft
  readonly onChange: (change: Partial<LaunchDraft>) => void
}

const WHEN_NEAR = { hover: true, focus: true, touch: false }

const SINK_TEXTS: Readonly<Partial<Record<SinkKind, string>>> = {
  folder: 'A file for each item, as the chain says. Name a .jsonl or .csv file to have lines instead.',
  document: 'One document for all items, as the chain says. Name a .jsonl or .csv file to have lines instead.',
}

function whatBecomesOf(exists: boolean | null): string | undefined {
  return exists === true ? 'This file is there already and will be replaced.' : undefined
}

/** How this launch differs from the chain. */
export function LaunchOptionsForm({ chain, file, draft, onChange }: LaunchOptionsFormProps) {
  const tiers = useHostStore((state) => state.tiers)
  const runUsd = useHostStore((state) => state.budgets?.runUsd ?? null)
  const output = draft.output ?? defaultOutput(chain, file)
  const exists = useFileExists(output)
  const { concurrency } = draft
  const sink = ownSink(draft, chain)
  return (
    <div className={classes.form}>
      {allStages(chain).some(({ stage }) => stage.kind === 'model') && (
        <fieldset className={classes.group}>
          <legend>Tiers</legend>
          <TierFields chain={chain} draft={draft} tiers={tiers} onChange={onChange} />
        </fieldset>
      )}
      {Object.keys(chain.params ?? {}).length > 0 && (
        <fieldset className={classes.group}>
          <legend>Params</legend>
          <ParamFields params={chain.params ?? {}} values={draft.params} onChange={(params) => onChange({ params })} />
        </fieldset>
      )}
      <fieldset className={classes.group}>
        <legend>Run</legend>
        <div className={classes.pair}>
          <NumberInput
            label="Items at once"
            min={1}
            max={10_000}
            allowDecimal={false}
            placeholder={concurrency === 'unbounded' ? 'no limit' : String(DEFAULT_CONCURRENCY)}
            disabled={concurrency === 'unbounded'}
            value={typeof concurrency === 'number' ? concurrency : ''}
            onChange={(value) => onChange({ concurrency: typeof value === 'number' && value >= 1 ? value : null })}
          />
          <NumberInput
            label="Only the first"
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            placeholder="all items"
            value={draft.limit ?? ''}
            onChange={(value) => onChange({ limit: typeof value === 'number' && value >= 1 ? value : null })}
          />
          <NumberInput
            label="Budget"
            min={0.01}
            decimalScale={2}
            prefix="$"
            placeholder={runUsd === null ? 'none' : `$${runUsd} (Settings)`}
            value={draft.budgetUsd ?? ''}
            onChange={(value) => onChange({ budgetUsd: typeof value === 'number' && value > 0 ? value : null })}
          />
          <Tooltip
            label="Items that run first; the rest waits until they went well. 0: none."
            multiline
            w={240}
            events={WHEN_NEAR}
          >
            <NumberInput
              label="Canary"
              min={0}
              max={1000}
              allowDecimal={false}
              placeholder="automatic"
              value={draft.canary ?? ''}
              onChange={(value) => onChange({ canary: typeof value === 'number' ? value : null })}
            />
          </Tooltip>
        </div>
        <Checkbox
          size="xs"
          label="Use answers from memory"
          checked={draft.memory}
          onChange={(event) => onChange({ memory: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label="No limit on items at once"
          checked={concurrency === 'unbounded'}
          onChange={(event) => onChange({ concurrency: event.currentTarget.checked ? 'unbounded' : null })}
        />
        <Checkbox
          size="xs"
          label="Stop at the first error"
          checked={draft.stopOnError}
          onChange={(event) => onChange({ stopOnError: event.currentTarget.checked })}
        />
        <TripwireFields value={draft.tripwires} onChange={(tripwires) => onChange({ tripwires })} />
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Results</legend>
        <TextInput
          label="Written to"
          spellCheck={false}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={output}
          error={sink === null ? (outputProblem(output) ?? undefined) : undefined}
          description={sink === null ? whatBecomesOf(exists) : SINK_TEXTS[sinkKind(sink)]}
          onChange={(event) => onChange({ output: event.currentTarget.value })}
        />
      </fieldset>
    </div>
  )
}
