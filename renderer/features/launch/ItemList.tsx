import { ScrollArea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import type { SourcePreview } from '../../../shared/item.ts'
import { FileName } from '../../ui/FileName.tsx'
import classes from './ItemList.module.css'

/** The first items of a source, those that cannot be read first with the reason. */
export function ItemList({ preview }: { readonly preview: SourcePreview }) {
  const broken = preview.items.filter(({ problem }) => problem !== null)
  const good = preview.items.filter(({ problem }) => problem === null)
  const more = preview.total === null ? 0 : preview.total - preview.items.length
  return (
    <ScrollArea
      className={classes.root ?? ''}
      // Nothing in it takes the focus; it can still be scrolled with the keys.
      viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'First items' }}
    >
      <ol className={classes.list}>
        {[...broken, ...good].map(({ index, key, preview, bytes, problem }) => (
          <li key={index} className={classes.item} data-broken={problem !== null}>
            <span className={classes.number}>{formatCount(index + 1)}</span>
            {!isRow(key, index) && (
              <span className={classes.key}>
                <FileName path={key} />
              </span>
            )}
            <span className={classes.preview} data-wide={isRow(key, index)}>
              {problem === null ? (
                preview
              ) : (
                <span className={classes.problem} title={problem}>
                  <IconAlertTriangle size={14} stroke={1.5} aria-label="Cannot be read" /> {withoutKey(problem, key)}
                </span>
              )}
            </span>
            <span className={classes.bytes}>{bytes === null ? '' : formatBytes(bytes)}</span>
          </li>
        ))}
        {more > 0 && <li className={classes.more}>and {formatCount(more)} more</li>}
      </ol>
    </ScrollArea>
  )
}

/** The reason alone: the name stands beside it. */
function withoutKey(problem: string, key: string): string {
  return problem.startsWith(`${key}: `) ? problem.slice(key.length + 2) : problem
}

/** Of a table the key is the row's number, which stands there already. */
function isRow(key: string, index: number): boolean {
  return key === String(index + 1)
}
