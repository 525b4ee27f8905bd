import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { Section } from '../Section.tsx'
import { membersSay } from '../sectionSays.ts'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'
import { ValueField } from '../ValueField.tsx'
import { CorrelateFields } from './CorrelateFields.tsx'

/** The folded parts of a gather: which items count, what each brings along, and how two sources are matched. */
export function GatherMembers({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const draft = useStageDraft(stage)
  const { correlate, ...rest } = draft
  const members = membersSay(rest)
  return (
    <>
      <Section title="Members" summary={members} startsOpen={members !== ''}>
        <ExpressionField
          path={[...path, 'where']}
          stage={stage}
          label="Only where"
          help={stageHelp('gather', 'where')}
          placeholder="classify.category != 'other'"
          bare
        />
        <ValueField
          path={[...path, 'value']}
          stage={stage}
          label="Each brings along"
          newKey="text"
          help={stageHelp('gather', 'value')}
        />
      </Section>
      <Section title="Match sources" summary={membersSay({ correlate })} startsOpen={correlate !== undefined}>
        <CorrelateFields stage={stage} />
      </Section>
    </>
  )
}
