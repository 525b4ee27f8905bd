import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { isJsonObject } from '../../../shared/json.ts'
import type { InnerTrace, StageTrace } from '../../../shared/trace.ts'
import { DataValue } from '../DataValue.tsx'
import { FailureNotice } from '../FailureNotice.tsx'
import { StateGlyph } from '../StateGlyph.tsx'
import classes from './InnerTraces.module.css'

interface InnerTracesProps {
  readonly trace: StageTrace
  /** How a stage inside is shown: as the one around it. */
  readonly cardOf: (stage: StageTrace) => ReactNode
}

/** What ran inside a stage: one line for each element; one at a time opens into its own stages. */
export function InnerTraces({ trace, cardOf }: InnerTracesProps) {
  const firstFailed = trace.inner.findIndex(({ state }) => state === 'failed')
  const [open, setOpen] = useState<number | null>(firstFailed >= 0 ? firstFailed : null)
  return (
    <section className={classes.root} aria-label={`Inside ${trace.stage}`}>
      <h3 className={classes.title}>{titleOf(trace)}</h3>
      <ol className={classes.list}>
        {trace.inner.map((inner, index) => (
          // Elements have no name of their own but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what an element is
          <li key={index}>
            {isRest(inner) ? (
              <p className={classes.rest}>{inner.label}</p>
            ) : (
              <button
                type="button"
                className={classes.line}
                aria-expanded={open === index}
                onClick={() => setOpen(open === index ? null : index)}
              >
                <StateGlyph state={inner.state} />
                <span className={classes.label}>{inner.label}</span>
                <span className={classes.preview}>{previewOf(inner)}</span>
                <IconChevronRight size={14} stroke={1.5} className={classes.arrow} aria-hidden />
              </button>
            )}
            {open === index && <Inner inner={inner} cardOf={cardOf} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Past some number elements are only counted: `and 300 more`. */
function isRest({ input, output, failure, stages }: InnerTrace): boolean {
  return input === null && output === null && failure === null && stages.length === 0
}

function Inner({ inner, cardOf }: Omit<InnerTracesProps, 'trace'> & { readonly inner: InnerTrace }) {
  return (
    <div className={classes.inner}>
      {inner.failure !== null && <FailureNotice failure={inner.failure} />}
      {inner.input !== null && <DataValue label="Input" value={inner.input} />}
      {inner.stages.map(cardOf)}
      {inner.state === 'succeeded' && inner.stages.length > 1 && <DataValue label="Output" value={inner.output} />}
    </div>
  )
}

function titleOf({ kind, inner }: StageTrace): string {
  if (kind === 'chain') return 'The chain inside'
  const count = inner.filter((entry) => !isRest(entry)).length
  const failed = inner.filter(({ state }) => state === 'failed').length
  const among = failed === 0 ? '' : `, ${formatCount(failed)} failed`
  if (kind === 'model') return `Asked in ${formatCount(count)} parts${among}`
  return `${count === inner.length ? '' : 'The first '}${formatCount(count)} ${count === 1 ? 'element' : 'elements'}${among}`
}

const MOST_LETTERS = 120

function previewOf({ output, failure }: InnerTrace): string {
  if (failure !== null) return failure.message.slice(0, MOST_LETTERS)
  const [only, ...others] = isJsonObject(output) ? Object.values(output) : []
  // Of a single field, as the output of a single stage is, its name says nothing.
  const shown = only === undefined || others.length > 0 ? output : only
  if (shown === null) return ''
  return (typeof shown === 'string' ? shown : JSON.stringify(shown)).replaceAll(/\s+/g, ' ').slice(0, MOST_LETTERS)
}
