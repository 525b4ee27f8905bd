import { Button, Checkbox, SegmentedControl, TagsInput } from '@mantine/core'
import { type SOURCE_KINDS, type Source, sourceKind } from '../../../../shared/source.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { newSource, setSourceEdits } from '../edits/sourceEdits.ts'
import { ItemsPreview } from '../preview/ItemsPreview.tsx'
import { usePreviewStore } from '../preview/previewStore.ts'
import { asDraft, asTexts, type Draft } from './chainDraft.ts'
import { FieldFrame } from './FieldFrame.tsx'
import classes from './inspector.module.css'
import { PathField } from './PathField.tsx'
import { TextItems } from './TextItems.tsx'
import { useField } from './useField.ts'

type Kind = (typeof SOURCE_KINDS)[number]
const KINDS: readonly { value: Kind; label: string }[] = [
  { value: 'folder', label: 'Folder' },
  { value: 'csv', label: 'CSV' },
  { value: 'jsonl', label: 'JSON lines' },
  { value: 'text', label: 'Text' },
]

/** Where the items come from, with the first of them. */
export function SourceForm() {
  const field = useField(['source'], 'the source')
  const source = asDraft(field.value)
  const kind = kindOf(source)

  function choose(next: Kind): void {
    if (next !== kind) useChainStore.getState().edit(setSourceEdits(newSource(next, null)), `Read from ${next}`)
  }

  return (
    <div className={classes.fields}>
      <FieldFrame label="Items come from" problem={kind === null ? field.problem : null}>
        <SegmentedControl
          fullWidth
          aria-label="Kind of source"
          value={kind ?? ''}
          onChange={(next) => choose(next as Kind)}
          data={[...KINDS]}
        />
      </FieldFrame>
      {kind === null && (
        <p className={classes.help}>
          The chain names no source: a launch brings its own. Drop a folder, a CSV or a JSON lines file onto the canvas,
          or choose a kind above.
        </p>
      )}
      {kind !== null && <KindFields kind={kind} />}
      {kind !== null && <ItemsPreview />}
      {kind !== null && (
        <div>
          <Button size="xs" onClick={() => field.set(undefined)}>
            Take the source out
          </Button>
        </div>
      )}
    </div>
  )
}

function KindFields({ kind }: { readonly kind: Kind }) {
  switch (kind) {
    case 'folder':
      return <FolderFields />
    case 'csv':
      return <CsvFields />
    case 'jsonl':
      return <PathField path={['source', 'jsonl']} label="File" what="file" endings={['.jsonl', '.ndjson']} />
    case 'text':
      return <TextItems />
  }
}

function FolderFields() {
  const include = useField(['source', 'include'], 'the files to take')
  const exclude = useField(['source', 'exclude'], 'the files to leave out')
  const recursive = useField(['source', 'recursive'], 'folders within')
  return (
    <>
      <PathField path={['source', 'folder']} label="Folder" what="folder" />
      <TagsInput
        label="Take"
        placeholder={asTexts(include.value).length === 0 ? 'every file that can be read' : ''}
        description="Patterns such as **/*.txt, each closed with Enter."
        value={[...asTexts(include.value)]}
        error={include.problem}
        onChange={(globs) => include.set(globs.length === 0 ? undefined : globs)}
      />
      <TagsInput
        label="Leave out"
        placeholder={asTexts(exclude.value).length === 0 ? 'nothing' : ''}
        value={[...asTexts(exclude.value)]}
        error={exclude.problem}
        onChange={(globs) => exclude.set(globs.length === 0 ? undefined : globs)}
      />
      <Checkbox
        size="xs"
        label="Folders within it, too"
        checked={recursive.value !== false}
        onChange={(event) => recursive.set(event.currentTarget.checked ? undefined : false)}
      />
    </>
  )
}

function CsvFields() {
  const columns = useField(['source', 'columns'], 'the columns')
  const preview = usePreviewStore((state) => state.preview)
  const chosen = asTexts(columns.value)
  return (
    <>
      <PathField path={['source', 'csv']} label="File" what="file" endings={['.csv']} />
      <TagsInput
        label="Columns"
        placeholder={chosen.length === 0 ? 'all of them' : ''}
        data={preview.status === 'ready' ? [...preview.value.fields] : []}
        value={[...chosen]}
        error={columns.problem}
        onChange={(names) => columns.set(names.length === 0 ? undefined : names)}
      />
    </>
  )
}

function kindOf(source: Draft): Kind | null {
  const isKnown = KINDS.some(({ value }) => value in source)
  return isKnown ? sourceKind(source as unknown as Source) : null
}
