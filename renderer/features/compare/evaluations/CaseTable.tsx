import { ActionIcon, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Changes, EvaluatedCase } from '../../../../shared/evaluations/evaluation.ts'
import { caseName, checkName, type Suite, type SuiteCase } from '../../../../shared/evaluations/suite.ts'
import { briefly } from '../../../../shared/expressions/briefly.ts'
import { useEvaluationStore } from '../../../stores/evaluationStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { FileName } from '../../../ui/FileName.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { ItemTraceView } from '../../../ui/trace/ItemTraceView.tsx'
import { useCellTrace } from '../useCellTrace.ts'
import classes from './EvaluationsView.module.css'

interface CaseTableProps {
  readonly suite: Suite
  /** What came of the cases, in the order to be read in; empty: nothing yet. */
  readonly judged: readonly EvaluatedCase[]
  readonly changes: Changes | null
}

interface Row {
  readonly name: string
  readonly told: SuiteCase
  readonly judged: EvaluatedCase | null
}

/** Every case of the suite: what it must give, and whether it did. Regressions stand first. */
export function CaseTable({ suite, judged, changes }: CaseTableProps) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th className={classes.stateColumn}>State</th>
            <th className={classes.caseColumn}>Case</th>
            <th>Expected, and what came</th>
            <th className={classes.number}>Score</th>
            <th aria-label="Remove" className={classes.removeColumn} />
          </tr>
        </thead>
        <tbody>
          {rowsOf(suite, judged).map((row) => (
            <CaseRow
              key={row.name}
              row={row}
              isRegression={changes?.regressions.includes(row.name) === true}
              isImproved={changes?.improvements.includes(row.name) === true}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CaseRowProps {
  readonly row: Row
  readonly isRegression: boolean
  readonly isImproved: boolean
}

function CaseRow({ row: { name, told, judged }, isRegression, isImproved }: CaseRowProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <tr data-failed={judged?.passed === false}>
        <td>
          <span className={classes.state}>
            <StateGlyph state={judged === null ? 'waiting' : judged.passed ? 'succeeded' : 'failed'} />
            {isRegression && <span className={classes.worse}>regression</span>}
            {isImproved && <span>improved</span>}
          </span>
        </td>
        <th scope="row" className={classes.case}>
          {judged === null || judged.run === '' ? (
            <FileName path={name} />
          ) : (
            <button type="button" className={classes.open} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
              <FileName path={name} />
            </button>
          )}
        </th>
        <td className={classes.what}>
          {wanted(told).map((line) => (
            <div key={line} className={classes.expected}>
              {line}
            </div>
          ))}
          {judged?.reasons.map((reason) => (
            <div key={reason} className={classes.reason}>
              {reason}
            </div>
          ))}
        </td>
        <td className={classes.number}>{judged === null ? '' : `${Math.round(judged.score * 100)} %`}</td>
        <td>
          <Tooltip label="Take it out of the suite">
            <ActionIcon
              aria-label={`Take ${name} out of the suite`}
              onClick={() => void useEvaluationStore.getState().removeCase(name)}
            >
              <IconTrash size={16} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        </td>
      </tr>
      {isOpen && judged !== null && (
        <tr>
          <td colSpan={5} className={classes.trace}>
            <CaseTrace run={judged.run} />
          </td>
        </tr>
      )}
    </>
  )
}

/** How the output came about, stage by stage. */
function CaseTrace({ run }: { readonly run: string }) {
  const state = useCellTrace(run, '')
  const tiers = useHostStore((store) => store.tiers)
  const isSimulated = tiers.every(({ backend }) => backend === 'simulated')
  if (state.status === 'failed') return <ApiErrorNotice error={state.error} />
  return state.status === 'ready' ? <ItemTraceView trace={state.trace} tiers={tiers} simulated={isSimulated} /> : null
}

/** In the order of what was judged; then the cases that are new since. */
function rowsOf(suite: Suite, judged: readonly EvaluatedCase[]): readonly Row[] {
  const rows = suite.cases.map((told, index): Row => {
    const name = caseName(told, index)
    return { name, told, judged: judged.find((one) => one.name === name) ?? null }
  })
  const place = ({ judged: one }: Row) => (one === null ? judged.length : judged.indexOf(one))
  return rows.toSorted((a, b) => place(a) - place(b))
}

const SHOWN_CHARACTERS = 160

function wanted({ expected, checks = [] }: SuiteCase): readonly string[] {
  return [...(expected === undefined ? [] : [briefly(expected, SHOWN_CHARACTERS)]), ...checks.map(checkName)]
}
