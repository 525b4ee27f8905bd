import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { formatUsd } from '../../../../shared/format.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { DataValue } from '../../../ui/DataValue.tsx'
import { FileName } from '../../../ui/FileName.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { itemName } from '../itemName.ts'
import classes from './TryOutView.module.css'
import { triedText, trySum } from './triedText.ts'
import type { Tried, TryOut } from './useTryOut.ts'

interface TryOutViewProps {
  readonly tryOut: TryOut
  readonly simulated: boolean
}

/** What a try came to: each item before and after, and what it cost. */
export function TryOutView({ tryOut, simulated }: TryOutViewProps) {
  if (tryOut.status === 'failed') return <ApiErrorNotice error={tryOut.error} />
  if (tryOut.status !== 'tried') return null
  const { items } = tryOut
  return (
    <section className={classes.root} aria-label="What the try came to">
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.index}>
            <TriedItem tried={item} />
          </li>
        ))}
      </ul>
      <p className={classes.sum} role="status">
        {trySum(items)}
        {simulated && ' of play money'}
      </p>
    </section>
  )
}

function TriedItem({ tried }: { readonly tried: Tried }) {
  const [isOpen, setOpen] = useState(false)
  const { index, before, after, isOver } = tried
  return (
    <>
      <button type="button" className={classes.item} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={classes.key}>
          <FileName path={itemName({ key: before?.key ?? '', lane: 0, index })} />
        </span>
        <span className={classes.turn}>
          <StateGlyph state={before?.status ?? 'failed'} />
          <IconArrowRight size={12} stroke={1.5} aria-label="now" />
          <StateGlyph state={after?.status ?? 'running'} />
        </span>
        <span className={classes.what}>{triedText(tried)}</span>
        <span className={classes.cost}>{isOver && after !== null && formatUsd(after.costMicros)}</span>
      </button>
      {isOpen && (
        <div className={classes.detail}>
          {before?.error != null && <DataValue label="Before" value={before.error.message} />}
          {after?.error != null && <DataValue label="Now" value={after.error.message} />}
          {after !== null && after.output !== null && <DataValue label="Now" value={after.output} />}
        </div>
      )}
    </>
  )
}
