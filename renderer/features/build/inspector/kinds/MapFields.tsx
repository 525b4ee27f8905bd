import { NameInput } from '../../../../ui/NameInput.tsx'
import { renameElement } from '../../commands/stageCommands.ts'
import { stageIdProblem } from '../../edits/stageId.ts'
import { ChoiceField } from '../ChoiceField.tsx'
import { asText } from '../chainDraft.ts'
import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { useField } from '../useField.ts'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'
import { YamlField } from '../YamlField.tsx'
import { ConcurrencyField } from './ConcurrencyField.tsx'
import { GroupOutputField } from './GroupOutputField.tsx'

/** What a map runs over, under which name, how many at once, and what an element gives. */
export function MapFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const at = (key: string) => [...path, key]
  const draft = useStageDraft(stage)
  const over = useField(at('over'), 'the list')
  return (
    <>
      {Array.isArray(over.value) && over.value.length > 0 ? (
        <YamlField path={at('over')} label="List" help={stageHelp('map', 'over')} />
      ) : (
        <ExpressionField
          path={at('over')}
          stage={stage}
          label="List"
          help={stageHelp('map', 'over')}
          placeholder="{{ chunk }}"
          isNeeded
        />
      )}
      <ElementField stage={stage} name={asText(draft.as)} />
      <GroupOutputField map={stage} path={at('output')} />
      <ChoiceField
        path={at('mode')}
        label="Order"
        help="Sequential: each element can use what the one before gave, as map.previous."
        fallback="parallel"
        choices={[
          { value: 'parallel', label: 'Parallel' },
          { value: 'sequential', label: 'Sequential' },
        ]}
      />
      {draft.mode !== 'sequential' && <ConcurrencyField path={at('concurrency')} />}
      <ChoiceField
        path={at('onError')}
        label="A failed element"
        help={stageHelp('map', 'onError')}
        fallback="fail"
        choices={[
          { value: 'fail', label: 'Fails the stage' },
          { value: 'skip', label: 'Is left out' },
          { value: 'collect', label: 'Stands as error' },
        ]}
      />
    </>
  )
}

/** The name of one element. Renaming follows every reference to it inside the map. */
function ElementField({ stage, name }: { readonly stage: string; readonly name: string }) {
  return (
    <NameInput
      withLabel
      label="Name of one element"
      value={name}
      taken={[]}
      problemOf={(text) =>
        stageIdProblem(text, [])
          ?.replaceAll('`', '')
          .replace('A stage needs an id.', 'It needs a name.')
          .replace('An id', 'A name') ?? null
      }
      onRename={(to) => renameElement(stage, to)}
    />
  )
}
