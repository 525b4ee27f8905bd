import { Anchor } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../shared/format.ts'
import { isJsonObject, type Json } from '../../shared/json.ts'
import classes from './DataTree.module.css'
import { LongText } from './LongText.tsx'

const ENTRIES_AT_ONCE = 100
/** Deeper values begin folded. */
const OPEN_DEPTH = 3

interface DataTreeProps {
  readonly value: Json
  readonly depth?: number
}

/** Keys and values, indented, without brackets and quotes. */
export function DataTree({ value, depth = 0 }: DataTreeProps) {
  if (Array.isArray(value) || isJsonObject(value)) return <Branch value={value} depth={depth} />
  if (typeof value === 'string') return <LongText text={value} />
  return <span className={classes.plain}>{String(value)}</span>
}

function Branch({ value, depth }: { value: readonly Json[] | { readonly [key: string]: Json }; depth: number }) {
  const [shown, setShown] = useState(ENTRIES_AT_ONCE)
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH)
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  const size = isList ? `${formatCount(entries.length)} entries` : `${formatCount(entries.length)} fields`
  if (entries.length === 0) return <span className="quiet">{isList ? '(empty list)' : '(no fields)'}</span>
  if (!isOpen)
    return (
      <Anchor component="button" type="button" size="sm" onClick={() => setOpen(true)}>
        Show {size}
      </Anchor>
    )
  return (
    <dl className={classes.root} data-nested={depth > 0}>
      {entries.slice(0, shown).map(([key, entry]) => (
        <div key={key} className={classes.entry} data-block={typeof entry === 'object' && entry !== null}>
          <dt className={classes.key}>{isList ? Number(key) + 1 : key}</dt>
          <dd className={classes.value}>
            <DataTree value={entry} depth={depth + 1} />
          </dd>
        </div>
      ))}
      {entries.length > shown && (
        <Anchor component="button" type="button" size="sm" onClick={() => setShown(shown + 5 * ENTRIES_AT_ONCE)}>
          Show more: {formatCount(entries.length - shown)} of {size} are left
        </Anchor>
      )}
    </dl>
  )
}
