import { SegmentedControl, Switch } from '@mantine/core'
import { namedSourcesOf } from '../../../../../shared/source.ts'
import { useChainStore } from '../../../../stores/chainStore.ts'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { asDraft, asTexts } from '../chainDraft.ts'
import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { ListField } from '../ListField.tsx'
import { NumberField } from '../SimpleFields.tsx'
import { useField } from '../useField.ts'
import { useStagePath } from '../useStagePath.ts'

/** One item of each named source with the same key makes a whole. */
export function CorrelateFields({ stage }: { readonly stage: string }) {
  const path = [...useStagePath(stage), 'correlate']
  const field = useField(path, 'the match')
  const source = useChainStore((state) => state.good?.chain.source)
  const names = source === undefined ? [] : Object.keys(namedSourcesOf(source) ?? {})
  const isOn = field.value !== undefined
  return (
    <>
      <Switch
        size="xs"
        label="Match items of several sources"
        description={
          names.length < 2 && !isOn
            ? 'Give the chain several sources first: “Several sources” in the palette.'
            : 'One item of each source with the same key makes a whole, with its parts by the source’s name.'
        }
        checked={isOn}
        disabled={names.length < 2 && !isOn}
        onChange={(event) => field.set(event.currentTarget.checked ? { by: 'item.id', of: names } : undefined)}
      />
      {isOn && (
        <>
          <ListField
            path={[...path, 'of']}
            label="Sources"
            help={stageHelp('gather', 'correlate', 'of')}
            empty="two or more"
            known={names}
          />
          <KeyFields path={path} stage={stage} />
          <NumberField
            path={[...path, 'within']}
            label="A part waits"
            help={stageHelp('gather', 'correlate', 'within')}
            placeholder="until the end"
            suffix=" s"
          />
        </>
      )}
    </>
  )
}

/** The key: one expression, or one for each source where they name it differently. */
function KeyFields({ path, stage }: { readonly path: readonly (string | number)[]; readonly stage: string }) {
  const by = useField([...path, 'by'], 'the key')
  const of = asTexts(useField([...path, 'of'], 'the sources').value)
  const isEach = typeof by.value === 'object' && by.value !== null
  function choose(next: string): void {
    const first = isEach ? (Object.values(asDraft(by.value))[0] ?? 'item.id') : by.value
    by.set(next === 'each' ? Object.fromEntries(of.map((name) => [name, first])) : first)
  }
  return (
    <FieldFrame
      label="Belong together by"
      help={stageHelp('gather', 'correlate', 'by')}
      problem={isEach ? null : by.problem}
    >
      <SegmentedControl
        fullWidth
        mb={8}
        aria-label="How the key is written"
        value={isEach ? 'each' : 'one'}
        onChange={choose}
        data={[
          { value: 'one', label: 'One expression' },
          { value: 'each', label: 'One for each source' },
        ]}
      />
      {isEach ? (
        of.map((name) => (
          <ExpressionField
            key={name}
            path={[...path, 'by', name]}
            stage={stage}
            label={name}
            placeholder="item.id"
            bare
            isNeeded
          />
        ))
      ) : (
        <ExpressionField path={[...path, 'by']} stage={stage} label="Key" placeholder="item.id" bare isNeeded />
      )}
    </FieldFrame>
  )
}
