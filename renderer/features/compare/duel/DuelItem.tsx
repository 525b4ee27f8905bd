import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { useCellTrace } from '../useCellTrace.ts'
import classes from './Duel.module.css'

interface DuelItemProps {
  readonly itemKey: string
  /** A test run of this item. */
  readonly run: string
  readonly isOpen: boolean
  readonly onToggle: (isOpen: boolean) => void
}

/** What both outputs are of: without it nobody can tell which is right. */
export function DuelItem({ itemKey, run, isOpen, onToggle }: DuelItemProps) {
  const state = useCellTrace(run, '')
  return (
    <details className={classes.item} open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className={classes.itemName}>
        Item <span className="mono">{itemKey}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long item is scrolled by keys */}
      <section className={classes.itemText} tabIndex={0} aria-label="Item, text">
        {state.status === 'ready' ? textOf(state.trace.item) : state.status === 'failed' ? state.error.message : ''}
      </section>
    </details>
  )
}

function textOf(item: Json): string {
  if (isJsonObject(item) && typeof item.text === 'string') return item.text.trim()
  return typeof item === 'string' ? item : JSON.stringify(item, null, 2)
}
