import { isSameOutput } from '../../../../shared/compare/sameOutput.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { cutParts, fromDifference, type TextPart, wordDiff } from '../wordDiff.ts'
import classes from './CellOutput.module.css'

interface CellOutputProps {
  readonly output: Json
  /** What it is held against; undefined: nothing, and nothing is marked. */
  readonly base: Json | undefined
  /** Of objects: which fields are shown, the same in all cells of the row; others are counted only. */
  readonly fields: ReadonlySet<string>
}

/** A cell has room for so much; the drawer has it whole. */
const MOST_LETTERS = 360
const MOST_FIELD_LETTERS = 120

/** An answer in short: a text, or an object field by field; what is different from the base is marked. */
export function CellOutput({ output, base, fields: wanted }: CellOutputProps) {
  if (!isJsonObject(output)) {
    const text = textOf(output)
    const parts = base === undefined ? plain(text) : fromDifference(wordDiff(textOf(base), text))
    return (
      <p className={typeof output === 'string' ? classes.text : `${classes.text} quiet`}>
        <Parts parts={cutParts(parts, MOST_LETTERS)} />
      </p>
    )
  }
  const all = fieldsOf(output, base)
  const fields = all.filter(({ name }) => wanted.has(name))
  const left = all.length - fields.length
  return (
    <div>
      <dl className={classes.fields}>
        {fields.map(({ name, kind, value, before }) => (
          <div key={name} className={classes.field} data-kind={kind}>
            <dt className={classes.name}>
              {kind !== 'same' && <span className={classes.sign}>≠</span>}
              {name}
            </dt>
            <dd className={classes.value}>
              <Parts parts={cutParts(partsOf(value, before, kind), MOST_FIELD_LETTERS)} />
            </dd>
          </div>
        ))}
      </dl>
      {left > 0 && <p className={classes.more}>and {left} more</p>}
    </div>
  )
}

function Parts({ parts }: { readonly parts: readonly TextPart[] }) {
  return parts.map(({ text, kind }, at) => {
    // Parts have no names, and their order is all that they are.
    const key = `${at}`
    if (kind === 'added') return <ins key={key}>{text}</ins>
    if (kind === 'removed') return <del key={key}>{text}</del>
    return <span key={key}>{text}</span>
  })
}

interface Field {
  readonly name: string
  readonly kind: 'same' | 'changed' | 'added' | 'removed'
  readonly value: Json | undefined
  readonly before: Json | undefined
}

/** In the order of the output; then those that only the base has. */
function fieldsOf(output: { readonly [name: string]: Json }, base: Json | undefined): readonly Field[] {
  const before = base !== undefined && isJsonObject(base) ? base : null
  const names = [...new Set([...Object.keys(output), ...Object.keys(before ?? {})])]
  return names.map((name) => {
    const [value, old] = [output[name], before?.[name]]
    if (before === null) return { name, kind: base === undefined ? 'same' : 'added', value, before: undefined }
    if (value === undefined) return { name, kind: 'removed', value, before: old }
    if (old === undefined) return { name, kind: 'added', value, before: undefined }
    return { name, kind: isSameOutput(value, old) ? 'same' : 'changed', value, before: old }
  })
}

function partsOf(value: Json | undefined, before: Json | undefined, kind: Field['kind']): readonly TextPart[] {
  if (kind === 'removed') return [{ text: textOf(before ?? null), kind: 'removed' }]
  if (kind === 'added') return [{ text: textOf(value ?? null), kind: 'added' }]
  return kind === 'same'
    ? plain(textOf(value ?? null))
    : fromDifference(wordDiff(textOf(before ?? null), textOf(value ?? null)))
}

function plain(text: string): readonly TextPart[] {
  return [{ text, kind: 'same' }]
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
