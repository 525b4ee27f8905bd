import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import type { SourcePreview } from '../../../../shared/item.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { FileName } from '../../../ui/FileName.tsx'
import classes from '../inspector/inspector.module.css'
import { usePreviewStore } from './previewStore.ts'

/** The first items of the source, and how many there are. */
export function ItemsPreview() {
  const preview = usePreviewStore((state) => state.preview)
  const reload = () => void usePreviewStore.getState().reload(useChainStore.getState().good?.chain.source ?? null)
  return (
    <FieldFrame
      label={preview.status === 'ready' ? countWords(preview.value) : 'Items'}
      aside={
        <Tooltip label="Read again">
          <ActionIcon size={24} aria-label="Read the items again" onClick={reload}>
            <IconRefresh size={14} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      }
    >
      {preview.status === 'loading' && <p className={classes.help}>Reading…</p>}
      {preview.status === 'failed' && <ApiErrorNotice error={preview.error} onRetry={reload} />}
      {preview.status === 'ready' && <ItemList value={preview.value} />}
    </FieldFrame>
  )
}

function ItemList({ value }: { readonly value: SourcePreview }) {
  if (value.items.length === 0)
    return <p className={classes.help}>There are no items here. Look at the path and the patterns.</p>
  return (
    <>
      <ol className={`${classes.items} ${classes.card}`}>
        {value.items.slice(0, SHOWN).map((item) => (
          <li key={item.index} className={classes.item}>
            <FileName path={item.key} />
            <span
              className={`${classes.cut} ${classes.quiet}`}
              title={item.problem ?? item.preview}
              style={item.problem === null ? {} : { color: 'var(--state-failed-text)' }}
            >
              {item.problem ?? item.preview}
            </span>
            <span className={classes.number}>{item.bytes === null ? '' : formatBytes(item.bytes)}</span>
          </li>
        ))}
      </ol>
      {value.fields.length > 0 && (
        <p className={classes.help}>
          Each has <span className="mono">{value.fields.map((field) => `item.${field}`).join(', ')}</span>
        </p>
      )}
    </>
  )
}

const SHOWN = 8

function countWords({ total, items }: SourcePreview): string {
  const shown = items.length > SHOWN ? `, the first ${SHOWN}` : ''
  if (total === null) return `Items${shown}`
  return `${formatCount(total)} ${total === 1 ? 'item' : 'items'}${shown}`
}
