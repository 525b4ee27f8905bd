import { assertNever } from '../../../../../shared/assertNever.ts'
import type { SinkKind } from '../../../../../shared/sink.ts'
import { ExpressionField } from '../ExpressionField.tsx'
import { sinkHelp } from '../fieldHelp.ts'
import { NoteField, TextField } from '../SimpleFields.tsx'
import { useField } from '../useField.ts'
import { YamlField } from '../YamlField.tsx'

/** The keys of a sink. */
export function SinkFields({ kind }: { readonly kind: SinkKind }) {
  switch (kind) {
    case 'jsonl':
    case 'csv':
      return (
        <TextField path={['sink', kind]} label="File" help="From the workspace’s root; written as the run goes on." />
      )
    case 'folder':
      return (
        <>
          <TextField path={['sink', 'folder']} label="Folder" help={sinkHelp('folder', 'folder')} />
          <ExpressionField
            path={['sink', 'name']}
            stage={null}
            label="Name of a file"
            help={sinkHelp('folder', 'name')}
            placeholder="{{ key }}.md"
          />
          <BodyField kind="folder" />
        </>
      )
    case 'document':
      return (
        <>
          <TextField path={['sink', 'document']} label="File" help={sinkHelp('document', 'document')} />
          <BodyField kind="document" />
          <NoteField
            path={['sink', 'separator']}
            label="Between two items"
            help={sinkHelp('document', 'separator')}
            placeholder="an empty line"
          />
          {(['header', 'footer'] as const).map((key) => (
            <ExpressionField
              key={key}
              path={['sink', key]}
              stage={null}
              label={key === 'header' ? 'Before all of them' : 'After all of them'}
              help={sinkHelp('document', key)}
              placeholder={key === 'header' ? '# Report of {{ run.startedAt }}' : ''}
              oneLine={false}
            />
          ))}
        </>
      )
    default:
      return assertNever(kind)
  }
}

/** What is written of an item: a text with expressions, or any value. */
function BodyField({ kind }: { readonly kind: 'folder' | 'document' }) {
  const path = ['sink', 'body']
  const { value } = useField(path, 'what is written')
  const props = {
    path,
    label: kind === 'folder' ? 'What a file holds' : 'Part of an item',
    help: sinkHelp(kind, 'body'),
  }
  return value === undefined || typeof value === 'string' ? (
    <ExpressionField {...props} stage={null} placeholder="{{ output }}" oneLine={false} />
  ) : (
    <YamlField {...props} />
  )
}
