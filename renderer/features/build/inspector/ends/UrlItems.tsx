import { SegmentedControl } from '@mantine/core'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { asTexts } from '../chainDraft.ts'
import { ListField } from '../ListField.tsx'
import { PathField } from '../PathField.tsx'
import { type FieldPath, useField } from '../useField.ts'

/** Web pages: their addresses, or a file with one a line. */
export function UrlItems({ path }: { readonly path: FieldPath }) {
  const field = useField(path, 'the addresses')
  const isList = Array.isArray(field.value)
  const choose = (next: string) => {
    if (next === 'list' && !isList) field.set(['https://example.org/'])
    if (next === 'file' && isList) field.set('inputs/urls.txt')
  }
  return (
    <>
      <FieldFrame label="Addresses">
        <SegmentedControl
          fullWidth
          aria-label="Where the addresses are"
          value={isList ? 'list' : 'file'}
          onChange={choose}
          data={[
            { value: 'list', label: 'Written here' },
            { value: 'file', label: 'In a file' },
          ]}
        />
      </FieldFrame>
      {isList ? (
        <ListField
          path={path}
          label={`${asTexts(field.value).length} addresses`}
          help="Each closed with Enter. Pages are read politely: a few at once, by what their site allows."
          empty="https://…"
        />
      ) : (
        <PathField path={path} label="File, one address a line" what="file" endings={['.txt']} />
      )}
    </>
  )
}
