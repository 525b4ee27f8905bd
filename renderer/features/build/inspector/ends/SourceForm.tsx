import { Button } from '@mantine/core'
import {
  type SingleSource,
  SOURCE_KINDS,
  type Source,
  type SourceKind,
  sourceKind,
} from '../../../../../shared/source.ts'
import { useChainStore } from '../../../../stores/chainStore.ts'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { newSource, setSourceEdits, severalSources } from '../../edits/sourceEdits.ts'
import { ItemsPreview } from '../../preview/ItemsPreview.tsx'
import { asDraft, type Draft } from '../chainDraft.ts'
import classes from '../inspector.module.css'
import { useField } from '../useField.ts'
import { NamedSources } from './NamedSources.tsx'
import { SingleSourceFields } from './SingleSourceFields.tsx'
import { SourceKindSelect } from './SourceKindSelect.tsx'

const PATH = ['source']

/** Where the items come from, with the first of them. */
export function SourceForm() {
  const field = useField(PATH, 'the source')
  const kind = field.value === undefined ? null : kindOf(asDraft(field.value))

  function choose(next: SourceKind | 'several'): void {
    if (next === kind) return
    const before = kind === null || kind === 'several' ? null : (field.value as SingleSource)
    const source: Source = next === 'several' ? severalSources(before) : newSource(next)
    useChainStore.getState().edit(setSourceEdits(source), `Read from ${next}`)
  }

  return (
    <div className={classes.fields}>
      <FieldFrame label="Items come from" problem={kind === null ? field.problem : null}>
        <SourceKindSelect label="Kind of source" value={kind} withSeveral onChange={choose} />
      </FieldFrame>
      {kind === null && (
        <p className={classes.help}>
          The chain names no source: a launch brings its own. Drop a folder or a file of items onto the canvas, or
          choose a kind above.
        </p>
      )}
      {kind === 'several' && <NamedSources />}
      {kind !== null && kind !== 'several' && <SingleSourceFields path={PATH} kind={kind} withPreview />}
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

function kindOf(source: Draft): SourceKind | 'several' {
  return SOURCE_KINDS.some((kind) => kind in source) ? sourceKind(source as unknown as Source) : 'several'
}
