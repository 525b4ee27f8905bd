import { Button, Loader } from '@mantine/core'
import { IconFileSpreadsheet, IconFolder, IconFolderOpen } from '@tabler/icons-react'
import { formatCount } from '../../../shared/format.ts'
import type { Source } from '../../../shared/source.ts'
import { ITEM_FILE_ENDINGS } from '../../lib/sourceOfFile.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FileName } from '../../ui/FileName.tsx'
import { usePathPicker } from '../../ui/usePathPicker.tsx'
import { ItemList } from './ItemList.tsx'
import classes from './SourcePanel.module.css'
import { sourceOfPath, sourceText } from './sourceOfPath.ts'
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
  const Icon = source !== null && !('folder' in source) ? IconFileSpreadsheet : IconFolderOpen
  return (
    <section className={classes.root} aria-label="Items" data-over={drop.isOver} {...drop.handlers}>
      <div className={classes.head}>
        <Icon size={20} stroke={1.5} className={classes.icon} />
        <div className={classes.what}>
          <div className={classes.name}>
            {source === null ? 'No items yet' : <FileName path={sourceText(source)} />}
          </div>
          <div className={classes.about}>
            <CountText preview={preview} />
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
      </div>
      <PreviewBody preview={preview} onAgain={onAgain} />
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

function CountText({ preview }: { readonly preview: PreviewState }) {
  if (preview.status === 'none') return 'Choose a folder or a file, or drop one here'
  if (preview.status === 'loading') return 'Counting…'
  if (preview.status === 'failed') return 'Cannot be read'
  const { total, items } = preview.preview
  const broken = items.filter(({ problem }) => problem !== null).length
  const count = total === null ? 'Items not counted' : `${formatCount(total)} ${total === 1 ? 'item' : 'items'}`
  const among = total !== null && items.length < total ? ` of the first ${formatCount(items.length)}` : ''
  return broken === 0 ? count : `${count} · ${formatCount(broken)}${among} cannot be read and will fail`
}

function PreviewBody({ preview, onAgain }: { readonly preview: PreviewState; readonly onAgain: () => void }) {
  switch (preview.status) {
    case 'none':
      return (
        <EmptyState icon={<IconFolder size={32} stroke={1.25} />} title="This chain names no source">
          Choose a folder of documents, or a .csv or .jsonl file of rows. You can also drop one here.
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
      return preview.preview.items.length === 0 ? (
        <EmptyState title="There are no items in it">
          Put files into {preview.preview.label}, or choose another folder or file.
        </EmptyState>
      ) : (
        <ItemList preview={preview.preview} />
      )
  }
}
