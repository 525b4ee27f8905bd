import { Checkbox } from '@mantine/core'
import { assertNever } from '../../../../../shared/assertNever.ts'
import type { SourceKind } from '../../../../../shared/source.ts'
import { usePreviewStore } from '../../preview/previewStore.ts'
import { sourceHelp } from '../fieldHelp.ts'
import { ListField } from '../ListField.tsx'
import { PathField } from '../PathField.tsx'
import { TextField } from '../SimpleFields.tsx'
import { type FieldPath, useField } from '../useField.ts'
import { TextItems } from './TextItems.tsx'
import { UrlItems } from './UrlItems.tsx'

interface SingleSourceFieldsProps {
  readonly path: FieldPath
  readonly kind: SourceKind
  /** The preview is of this source: it knows the columns. */
  readonly withPreview?: boolean
}

/** The keys of one source. */
export function SingleSourceFields({ path, kind, withPreview = false }: SingleSourceFieldsProps) {
  const file = (endings: readonly string[]) => (
    <PathField path={[...path, kind]} label="File" what="file" endings={endings} />
  )
  switch (kind) {
    case 'folder':
    case 'watch':
      return <FolderFields path={path} kind={kind} />
    case 'csv':
    case 'tsv':
      return (
        <>
          {file([`.${kind}`, '.txt'])}
          <ColumnsField path={[...path, 'columns']} kind={kind} withPreview={withPreview} />
        </>
      )
    case 'jsonl':
      return file(['.jsonl', '.ndjson'])
    case 'json':
      return (
        <>
          {file(['.json'])}
          <TextField
            path={[...path, 'path']}
            label="Where the list is"
            help={sourceHelp('json', 'path')}
            placeholder="the whole file"
          />
        </>
      )
    case 'xlsx':
      return (
        <>
          {file(['.xlsx'])}
          <TextField
            path={[...path, 'sheet']}
            label="Sheet"
            help={sourceHelp('xlsx', 'sheet')}
            placeholder="the first one"
          />
        </>
      )
    case 'lines':
      return (
        <>
          {file(['.txt', '.log', '.md'])}
          <TextField
            path={[...path, 'pattern']}
            label="A record begins with"
            help={sourceHelp('lines', 'pattern')}
            placeholder="^\d{4}-\d{2}-\d{2}"
          />
        </>
      )
    case 'urls':
      return <UrlItems path={[...path, 'urls']} />
    case 'text':
      return <TextItems path={[...path, 'text']} />
    default:
      return assertNever(kind)
  }
}

function FolderFields({ path, kind }: { readonly path: FieldPath; readonly kind: 'folder' | 'watch' }) {
  const recursive = useField([...path, 'recursive'], 'folders within')
  return (
    <>
      <PathField path={[...path, kind]} label="Folder" what="folder" />
      <ListField
        path={[...path, 'include']}
        label="Take"
        help="Patterns such as **/*.txt, each closed with Enter."
        empty="every file that can be read"
      />
      <ListField path={[...path, 'exclude']} label="Leave out" empty="nothing" />
      <Checkbox
        size="xs"
        label="Folders within it, too"
        checked={recursive.value !== false}
        onChange={(event) => recursive.set(event.currentTarget.checked ? undefined : false)}
      />
    </>
  )
}

interface ColumnsFieldProps {
  readonly path: FieldPath
  readonly kind: SourceKind
  readonly withPreview: boolean
}

function ColumnsField({ path, kind, withPreview }: ColumnsFieldProps) {
  const preview = usePreviewStore((state) => state.preview)
  const known = withPreview && preview.status === 'ready' ? preview.value.fields : []
  return <ListField path={path} label="Columns" help={sourceHelp(kind, 'columns')} empty="all of them" known={known} />
}
