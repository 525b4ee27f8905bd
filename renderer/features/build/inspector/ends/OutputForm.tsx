import { Select } from '@mantine/core'
import { SINK_KINDS, type SinkKind } from '../../../../../shared/sink.ts'
import { useChainStore } from '../../../../stores/chainStore.ts'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { SINK_ICONS } from '../../canvas/nodeIcons.tsx'
import { OUTPUT_NODE } from '../../canvas/nodeIds.ts'
import { newSink, setSinkEdits } from '../../edits/sourceEdits.ts'
import { SINKS } from '../../palette/endEntries.ts'
import { asDraft, asText } from '../chainDraft.ts'
import classes from '../inspector.module.css'
import { GroupOutputField } from '../kinds/GroupOutputField.tsx'
import { useDraft, useField } from '../useField.ts'
import { WiresField } from '../WiresField.tsx'
import { SinkFields } from './SinkFields.tsx'

const NONE = 'none'

/** What an item's result is, and where results are written to. */
export function OutputForm() {
  const sink = useField(['sink'], 'where results go')
  const name = asText(useDraft().name)
  const kind = SINK_KINDS.find((each) => each in asDraft(sink.value)) ?? null
  const Icon = kind === null ? null : SINK_ICONS[kind]

  function choose(next: string | null): void {
    if (next === null || next === (kind ?? NONE)) return
    const written = next === NONE ? undefined : newSink(next as SinkKind, name)
    useChainStore.getState().edit(setSinkEdits(written), 'Change where results go')
  }

  return (
    <div className={classes.fields}>
      <FieldFrame
        label="Results go to"
        help={
          kind === null
            ? 'They stay in this app, which can export them.'
            : SINKS.find((each) => each.sink === kind)?.hint
        }
        problem={kind === null ? sink.problem : null}
      >
        <Select
          aria-label="Where results go"
          value={kind ?? NONE}
          allowDeselect={false}
          leftSection={Icon === null ? null : <Icon size={16} stroke={1.5} />}
          data={[
            { value: NONE, label: 'This app only' },
            ...SINKS.map((each) => ({ value: each.sink as string, label: each.title })),
          ]}
          onChange={choose}
        />
      </FieldFrame>
      {kind !== null && <SinkFields kind={kind} />}
      <WiresField node={OUTPUT_NODE} />
      <GroupOutputField map={null} path={['output']} />
    </div>
  )
}
