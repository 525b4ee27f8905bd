import { Button, Loader } from '@mantine/core'
import {
  IconArrowsJoin,
  IconClipboardText,
  IconFileSpreadsheet,
  IconFolder,
  IconFolderOpen,
  IconFolderSearch,
  IconWorld,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { namedSourcesOf, type Source } from '../../../shared/source.ts'
import { ITEM_FILE_ENDINGS } from '../../lib/sourceOfFile.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FileName } from '../../ui/FileName.tsx'
import { usePathPicker } from '../../ui/usePathPicker.tsx'
import { ItemList } from './ItemList.tsx'
import { MoreSources } from './MoreSources.tsx'
import classes from './SourcePanel.module.css'
import { growsFor, sourceOfPath, sourceText } from './sourceOfPath.ts'
import { useDrop } from './useDrop.ts'
import type { PreviewState } from './useSourcePreview.ts'

interface SourcePanelProps {
  readonly source: Source | null
  /** Set for this launch, in place of the chain's own. */
  readonly isChanged: boolean
  readonly preview: PreviewState
  readonly onSource: (source: Source | null) => void
  readonly onAgain: () => void
}

const icon = { size: 16, stroke: 1.5 }

/** Where the items come from, and what they are. */
export function SourcePanel({ source, isChanged, preview, onSource, onAgain }: SourcePanelProps) {
  const hasDialogs = useHostStore((state) => state.info?.has.dialogs === true)
  const drop = useDrop(onSource)
  const pick = (path: string): void => onSource(sourceOfPath(path))
  const folder = usePathPicker({ title: 'Choose a folder of items', what: 'folder', hasDialogs, onPick: pick })
  const file = usePathPicker({
    title: 'Choose a file of items',
    what: 'file',
    endings: ITEM_FILE_ENDINGS,
    hasDialogs,
    onPick: pick,
  })
  const grows = source !== null && growsFor(source)
  return (
    <section className={classes.root} aria-label="Items" data-over={drop.isOver} {...drop.handlers}>
      <div className={classes.head}>
        <span className={classes.icon}>{iconOf(source)}</span>
        <div className={classes.what}>
          <div className={classes.name}>
            {source === null ? 'No items yet' : <FileName path={sourceText(source)} />}
          </div>
          <div className={classes.about}>
            <CountText preview={preview} grows={grows} />
            {isChanged && (
              <>
                {' · for this launch · '}
                <button type="button" className={classes.back} onClick={() => onSource(null)}>
                  back to the chain’s own
                </button>
              </>
            )}
          </div>
        </div>
        <Button leftSection={<IconFolder {...icon} />} onClick={folder.open}>
          Folder…
        </Button>
        <Button leftSection={<IconFileSpreadsheet {...icon} />} onClick={file.open}>
          File…
        </Button>
        <MoreSources hasDialogs={hasDialogs} onSource={onSource} />
      </div>
      <PreviewBody preview={preview} grows={grows} onAgain={onAgain} />
      {(drop.isOver || drop.sending !== null) && (
        <div className={classes.over}>
          {drop.sending === null
            ? 'Drop a folder or files: they become the items of this launch'
            : `Copying ${formatCount(drop.sending.done + 1)} of ${formatCount(drop.sending.all)} files into inputs/`}
        </div>
      )}
      {folder.element}
      {file.element}
    </section>
  )
}

const large = { size: 20, stroke: 1.5 }

function iconOf(source: Source | null): ReactNode {
  if (source === null || 'folder' in source) return <IconFolderOpen {...large} />
  if ('watch' in source) return <IconFolderSearch {...large} />
  if ('urls' in source) return <IconWorld {...large} />
  if ('text' in source) return <IconClipboardText {...large} />
  return namedSourcesOf(source) === null ? <IconFileSpreadsheet {...large} /> : <IconArrowsJoin {...large} />
}

function CountText({ preview, grows }: { readonly preview: PreviewState; readonly grows: boolean }) {
  if (preview.status === 'none') return 'Choose a folder or a file, or drop one here'
  if (preview.status === 'loading') return 'Counting…'
  if (preview.status === 'failed') return 'Cannot be read'
  const { total, items } = preview.preview
  const broken = items.filter(({ problem }) => problem !== null).length
  if (grows) return `${formatCount(items.length)} now · goes on until you finish the run`
  const count = total === null ? 'Items not counted' : `${formatCount(total)} ${total === 1 ? 'item' : 'items'}`
  const among = total !== null && items.length < total ? ` of the first ${formatCount(items.length)}` : ''
  return broken === 0 ? count : `${count} · ${formatCount(broken)}${among} cannot be read and will fail`
}

interface PreviewBodyProps {
  readonly preview: PreviewState
  readonly grows: boolean
  readonly onAgain: () => void
}

function PreviewBody({ preview, grows, onAgain }: PreviewBodyProps) {
  switch (preview.status) {
    case 'none':
      return (
        <EmptyState icon={<IconFolder size={32} stroke={1.25} />} title="This chain names no source">
          Choose a folder of documents, a table (.csv, .tsv, .xlsx), a list (.json, .jsonl) or a file of lines (.log,
          .txt). You can also drop one here, or paste addresses and texts.
        </EmptyState>
      )
    case 'loading':
      return (
        <div className={classes.loading}>
          <Loader size="sm" />
        </div>
      )
    case 'failed':
      return (
        <div className={classes.notice}>
          <ApiErrorNotice error={preview.error} onRetry={onAgain} />
        </div>
      )
    case 'ready':
      if (grows && preview.preview.items.length === 0)
        return (
          <EmptyState icon={<IconFolderSearch size={32} stroke={1.25} />} title="Nothing has come yet">
            Each file that comes into {preview.preview.label} while the run goes on becomes an item.
          </EmptyState>
        )
      return preview.preview.items.length === 0 ? (
        <EmptyState title="There are no items in it">
          Put files into {preview.preview.label}, or choose another folder or file.
        </EmptyState>
      ) : (
        <ItemList preview={preview.preview} />
      )
  }
}
