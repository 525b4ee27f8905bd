import { isJsonObject, type Json } from '../../../../shared/json.ts'
import type { TriedCell } from '../../../../shared/triedCell.ts'
import { wordDiff } from '../wordDiff.ts'
import classes from './Duel.module.css'

interface DuelOutputProps {
  readonly side: 'Left' | 'Right'
  /** null: it stays hidden. */
  readonly name: string | null
  readonly cell: TriedCell
  readonly other: TriedCell
}

/** One of two outputs in full, with what the other has not marked. */
export function DuelOutput({ side, name, cell, other }: DuelOutputProps) {
  const isText = typeof cell.output === 'string'
  return (
    <article className={classes.side} aria-label={`${side} output`}>
      <h2 className={classes.sideTitle}>
        {side}
        {name !== null && <span className={classes.name}>{name}</span>}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long output is scrolled by keys */}
      <section className={classes.output} tabIndex={0} aria-label={`${side} output, text`}>
        {isText ? (
          <Words text={cell.output} other={other.output} />
        ) : (
          <Data value={cell.output} other={other.output} depth={0} />
        )}
      </section>
    </article>
  )
}

/** `other` undefined: the other output has nothing here. */
interface PartProps {
  readonly other: Json | undefined
}

function Words({ text, other }: PartProps & { readonly text: string }) {
  if (typeof other !== 'string') return <mark>{text}</mark>
  return wordDiff(other, text).map(({ text: words, kind }, at) => {
    // Parts have no names, and their order is all that they are.
    const key = `${at}`
    if (kind === 'removed') return null
    return kind === 'added' ? <mark key={key}>{words}</mark> : <span key={key}>{words}</span>
  })
}

/** A value field by field, as deep as it is. */
function Data({ value, other, depth }: PartProps & { readonly value: Json; readonly depth: number }) {
  if (typeof value === 'string') return <Words text={value} other={other} />
  const entries = entriesOf(value)
  if (entries === null || entries.length === 0) {
    const text = JSON.stringify(value)
    return (
      <span className="mono">{other !== undefined && JSON.stringify(other) === text ? text : <mark>{text}</mark>}</span>
    )
  }
  return (
    <dl className={depth === 0 ? classes.fields : `${classes.fields} ${classes.inner}`}>
      {entries.map(([name, entry]) => (
        <div key={name} className={classes.field}>
          <dt className={classes.key}>{name}</dt>
          <dd className={classes.value}>
            <Data value={entry} other={otherEntry(other, name)} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** null: it is no list and no object. Entries of a list are counted from 1. */
function entriesOf(value: Json): readonly (readonly [string, Json])[] | null {
  if (Array.isArray(value)) return value.map((entry: Json, at) => [String(at + 1), entry] as const)
  return isJsonObject(value) ? Object.entries(value) : null
}

function otherEntry(other: Json | undefined, name: string): Json | undefined {
  return entriesOf(other ?? null)?.find(([key]) => key === name)?.[1]
}
