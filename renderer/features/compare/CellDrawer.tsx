import { ActionIcon, ScrollArea, SegmentedControl, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { differsFrom } from '../../../shared/compare/compareRows.ts'
import type { ComparedCell } from '../../../shared/compare/foldTries.ts'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import { differences } from '../../../shared/judging/differences.ts'
import { useCompareStore } from '../../stores/compareStore.ts'
import { useEvaluationStore } from '../../stores/evaluationStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { ExpectButton } from '../../ui/ExpectButton.tsx'
import { ItemTraceView } from '../../ui/trace/ItemTraceView.tsx'
import classes from './CellDrawer.module.css'
import { type CellPlace, useCompareViewStore } from './compareViewStore.ts'
import { CellRating } from './rating/CellRating.tsx'
import { useCellTrace } from './useCellTrace.ts'
import type { Compared } from './useCompared.ts'
import { wordDiff } from './wordDiff.ts'

/** Everything known of one item in one variant, beside the matrix: how it differs from the base, then its trace. */
export function CellDrawer({ compared, place }: { readonly compared: Compared; readonly place: CellPlace }) {
  const { rows, base, simulated } = compared
  const row = rows.find(({ item }) => item.index === place.item) ?? null
  const cell = row?.cells.find((one) => one?.variant === place.variant) ?? null
  const ofBase = row?.cells.find((one) => one?.variant === base) ?? null
  return (
    <aside className={classes.root} aria-label={`${place.variant}: ${row?.item.key ?? ''}`}>
      <div className={classes.head}>
        <strong className={classes.title}>{place.variant}</strong>
        <Tooltip label="Close  Esc">
          <ActionIcon aria-label="Close" onClick={() => useCompareViewStore.getState().set({ open: null })}>
            <IconX size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ScrollArea className={classes.body} type="auto">
        <div className={classes.content}>
          {cell !== null && ofBase !== null && differsFrom(cell, ofBase) && (
            <Difference base={base} before={ofBase.output} now={cell.output} />
          )}
          {cell === null ? (
            <p className="quiet">It has not been tried yet.</p>
          ) : (
            <Tries
              key={`${place.item} ${place.variant}`}
              cell={cell}
              stage={compared.comparison.stage}
              simulated={simulated}
            />
          )}
        </div>
      </ScrollArea>
    </aside>
  )
}

interface DifferenceProps {
  readonly base: string
  readonly before: Json
  readonly now: Json
}

/** Field by field, or word by word of a text. */
function Difference({ base, before, now }: DifferenceProps) {
  const isData = isJsonObject(before) && isJsonObject(now)
  const parts = isData
    ? differences(now, before).map(({ path, actual, expected }) => ({
        name: path.join('.'),
        before: shown(expected),
        now: shown(actual),
      }))
    : [{ name: '', before: shown(before), now: shown(now) }]
  return (
    <section className={classes.difference} aria-label={`Different from ${base}`}>
      <h3 className={classes.heading}>Different from {base}</h3>
      {parts.map((part) => (
        <div key={part.name}>
          {part.name !== '' && <div className={classes.field}>{part.name}</div>}
          <p className={classes.words}>
            {wordDiff(part.before, part.now).map(({ text, kind }, at) => {
              const key = `${at}`
              if (kind === 'added') return <ins key={key}>{text}</ins>
              if (kind === 'removed') return <del key={key}>{text}</del>
              return <span key={key}>{text}</span>
            })}
          </p>
        </div>
      ))}
    </section>
  )
}

interface TriesProps {
  readonly cell: ComparedCell
  readonly stage: string | null
  readonly simulated: boolean
}

/** What a person thinks of one of its tries, and its trace. */
function Tries({ cell, stage, simulated }: TriesProps) {
  const [chosen, setChosen] = useState(0)
  const { tries } = cell
  const file = useCompareStore((state) => state.file)
  const tried = tries[Math.min(chosen, tries.length - 1)] ?? tries[0]
  return (
    <>
      {tries.length > 1 && (
        <SegmentedControl
          aria-label="Try"
          size="xs"
          className={classes.tries ?? ''}
          data={tries.map(({ repeat }, at) => ({ value: String(at), label: `Try ${repeat + 1}` }))}
          value={String(Math.min(chosen, tries.length - 1))}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      {file !== null && tried.status === 'succeeded' && (
        <div className={classes.rating}>
          <CellRating file={file} stage={stage} cell={tried} />
          <ExpectButton
            added={{ item: tried.item.key, ...(stage !== null && { stage }), expected: tried.output }}
            onAdd={(added) => useEvaluationStore.getState().addCase(file, added)}
          />
        </div>
      )}
      {tried.run === '' ? (
        <p>{tried.error?.message}</p>
      ) : (
        <Trace run={tried.run} is={tried.status} simulated={simulated} />
      )}
    </>
  )
}

function Trace({ run, is, simulated }: { readonly run: string; readonly is: string; readonly simulated: boolean }) {
  const state = useCellTrace(run, is)
  const tiers = useHostStore((state) => state.tiers)
  if (state.status === 'failed') return <ApiErrorNotice error={state.error} />
  return state.status === 'ready' ? <ItemTraceView trace={state.trace} tiers={tiers} simulated={simulated} /> : null
}

function shown(value: Json | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
