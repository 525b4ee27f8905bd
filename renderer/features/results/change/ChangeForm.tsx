import { Button, Radio } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import { hasErrors, parseChain } from '../../../../shared/chainDocument.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { RunPreview } from '../../../../shared/runChange.ts'
import { host } from '../../../lib/host.ts'
import { previewPrice } from '../../../lib/previewText.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { ProblemText } from '../../../ui/ProblemText.tsx'
import { TextDiff } from '../../../ui/TextDiff.tsx'
import { Folded } from '../../../ui/trace/Folded.tsx'
import { useRunPreview } from '../../../ui/useRunPreview.ts'
import { useChainNow } from '../useChainNow.ts'
import classes from './ChangeForm.module.css'
import { type ChangeDraft, changeOf, editedText, isDifferent, NO_CHANGE } from './draftChange.ts'
import { ScopeField } from './ScopeField.tsx'
import { StageEdits } from './StageEdits.tsx'
import { scopeChoices } from './scopes.ts'

interface ChangeFormProps {
  readonly summary: RunSummary
  /** The chain by which the run goes on now. */
  readonly text: string
  readonly onClose: () => void
}

/** Prices are worked out when nothing has been typed for so long. */
const TYPING_MS = 500

/** What is to be different, for whom, and what that costs. */
export function ChangeForm({ summary, text, onClose }: ChangeFormProps) {
  const { run } = summary
  const [draft, setDraft] = useState<ChangeDraft>(NO_CHANGE)
  const choices = scopeChoices(summary)
  const [wanted, setScope] = useState<string | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [isSending, setSending] = useState(false)
  const build = useChainNow(summary.chainFile)
  const { chain } = parseChain(text)

  const next = draft.from === 'build' ? (build ?? text) : chain === null ? text : editedText(text, chain, draft.stages)
  const problems = next === text ? [] : parseChain(next).problems.filter(({ severity }) => severity === 'error')
  const able = choices.filter(({ refusal }) => refusal === null)
  const scope = able.find((choice) => choice.scope.kind === wanted)?.scope ?? able[0]?.scope ?? { kind: 'rest' }
  const change = changeOf({ text, next, draft, scope })
  const isPointless = scope.kind === 'rest' && !isDifferent(change)
  const [settled] = useDebouncedValue(change, TYPING_MS)
  const isReady = problems.length === 0 && !isPointless
  const price = useRunPreview(isReady ? { kind: 'change', run, change: settled } : null)

  async function apply(): Promise<void> {
    setSending(true)
    const reply = await host.call('runs.change', { run, change })
    setSending(false)
    if (reply.ok) onClose()
    else setError(reply.error)
  }

  return (
    <div className={classes.root}>
      <div className={classes.body}>
        {build !== null && (
          <Radio.Group
            aria-label="What the run is to go on by"
            value={draft.from}
            onChange={(from) => setDraft({ ...draft, from: from === 'build' ? 'build' : 'run' })}
          >
            <div className={classes.from}>
              <Radio size="sm" value="run" label="What is changed here" />
              <Radio
                size="sm"
                value="build"
                label={build === text ? 'The chain as it is in Build: the same' : 'The chain as it is in Build now'}
                disabled={build === text}
              />
            </div>
          </Radio.Group>
        )}
        {draft.from === 'run' && chain !== null && (
          <StageEdits
            chain={chain}
            runStages={summary.stages}
            drafts={draft.stages}
            onDrafts={(stages) => setDraft({ ...draft, stages })}
          />
        )}
        {next !== text && (
          <Folded title="What changes in the chain" isOpenAtFirst={draft.from === 'build'}>
            <div className={classes.diff}>
              <TextDiff before={text} after={next} label="The chain" />
            </div>
          </Folded>
        )}
        {problems.map((problem) => (
          <ProblemText key={`${problem.line}:${problem.column}:${problem.message}`} problem={problem} />
        ))}
        <ScopeField
          run={run}
          choices={choices}
          scope={scope}
          change={isReady || isPointless ? settled : null}
          onScope={setScope}
        />
      </div>
      {error !== null && <ApiErrorNotice error={error} />}
      <footer className={classes.foot}>
        <span className={classes.note}>
          {isPointless
            ? 'Nothing is different yet.'
            : 'Calls in flight are awaited first, so nothing paid for is lost. Old results stand until the new ones are there.'}
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="filled"
          size="md"
          disabled={!isReady || hasErrors(problems)}
          loading={isSending}
          onClick={() => void apply()}
        >
          {isDifferent(change) ? 'Apply' : 'Retry'}
          {price.status === 'ready' && forHowMany(price.preview, isDifferent(change) ? ' to' : '')}
        </Button>
      </footer>
    </div>
  )
}

/** ` to 96 · ≈ $2.59` */
function forHowMany(preview: RunPreview, to: string): string {
  const items = preview.items === null ? '' : `${to} ${formatCount(preview.items)}`
  return `${items} · ${previewPrice(preview)}`
}
