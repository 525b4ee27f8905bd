import { formatCount } from '../../../../shared/format.ts'
import type { ItemPlace } from '../../../../shared/run.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { useKeys } from '../drawer/useKeys.ts'
import { itemName } from '../itemName.ts'
import classes from './TrippedItems.module.css'

interface TrippedItemsProps {
  readonly run: string
  readonly items: readonly ItemPlace[]
  readonly onOpen: (index: number, lane: number) => void
}

const MOST = 6

/** Some of the items that tripped a tripwire; one press opens each. */
export function TrippedItems({ run, items, onOpen }: TrippedItemsProps) {
  const shown = items.slice(0, MOST)
  const lane = shown[0]?.lane ?? 0
  const keys = useKeys(
    run,
    lane,
    shown.filter((item) => item.lane === lane).map(({ index }) => index),
  )
  return (
    <ul className={classes.root} aria-label="Items that tripped it">
      {shown.map(({ lane: of, index }) => (
        <li key={`${of}/${index}`}>
          <button type="button" className={classes.item} onClick={() => onOpen(index, of)}>
            <FileName path={itemName({ key: (of === lane ? keys.get(index) : undefined) ?? '', lane: of, index })} />
          </button>
        </li>
      ))}
      {items.length > MOST && <li className="quiet">and {formatCount(items.length - MOST)} more</li>}
    </ul>
  )
}
