import { Button, SegmentedControl } from '@mantine/core'
import { useChainStore } from '../../../stores/chainStore.ts'
import { OUTPUT_NODE } from '../canvas/flowModel.ts'
import { newSink, setSinkEdits } from '../edits/sourceEdits.ts'
import { asDraft, asText } from './chainDraft.ts'
import { FieldFrame } from './FieldFrame.tsx'
import classes from './inspector.module.css'
import { TextField } from './SimpleFields.tsx'
import { useDraft, useField } from './useField.ts'
import { ValueField } from './ValueField.tsx'
import { WiresField } from './WiresField.tsx'

type SinkChoice = 'none' | 'jsonl' | 'csv'

/** What an item's result is, and the file that results are written to. */
export function OutputForm() {
  const output = useField(['output'], 'the result')
  const sink = useField(['sink'], 'the results file')
  const name = asText(useDraft().name)
  const written = asDraft(sink.value)
  const kind: SinkChoice = 'jsonl' in written ? 'jsonl' : 'csv' in written ? 'csv' : 'none'

  function choose(next: SinkChoice): void {
    if (next !== kind)
      useChainStore
        .getState()
        .edit(setSinkEdits(next === 'none' ? undefined : newSink(next, name)), 'Change the results file')
  }

  return (
    <div className={classes.fields}>
      <FieldFrame label="Results go to" problem={kind === 'none' ? sink.problem : null}>
        <SegmentedControl
          fullWidth
          aria-label="Where results go"
          value={kind}
          onChange={(next) => choose(next as SinkChoice)}
          data={[
            { value: 'none', label: 'This app only' },
            { value: 'jsonl', label: 'JSON lines' },
            { value: 'csv', label: 'CSV' },
          ]}
        />
      </FieldFrame>
      {kind !== 'none' && (
        <TextField path={['sink', kind]} label="File" help="From the workspace’s root; written as the run goes on." />
      )}
      <WiresField node={OUTPUT_NODE} />
      {output.value === undefined ? (
        <FieldFrame
          label="An item’s result"
          help="The output of every stage that nothing else uses, by the stage’s name."
        >
          <WriteOut />
        </FieldFrame>
      ) : (
        <>
          <ValueField path={['output']} stage={null} label="An item’s result" newKey="result" />
          <div>
            <Button size="xs" onClick={() => output.set(undefined)}>
              Use every last stage instead
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

/** Starts a written output with what goes out implicitly. */
function WriteOut() {
  const good = useChainStore((state) => state.good)
  const last = good?.graph.last ?? []
  const write = () => {
    const value = Object.fromEntries(last.map((id) => [id, `{{ ${id} }}`]))
    useChainStore.getState().edit([{ kind: 'set', path: ['output'], value }], 'Choose the result')
  }
  return (
    <Button size="xs" disabled={last.length === 0} onClick={write}>
      Choose fields
    </Button>
  )
}
