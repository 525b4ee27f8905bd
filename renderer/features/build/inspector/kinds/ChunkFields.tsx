import { CHUNK_BY } from '../../../../../shared/stages.ts'
import { ChoiceField } from '../ChoiceField.tsx'
import { asText } from '../chainDraft.ts'
import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { NumberField } from '../SimpleFields.tsx'
import { useStageDraft } from '../useStageDraft.ts'
import { useStagePath } from '../useStagePath.ts'

/** Which text is cut, where, and how large the pieces are. */
export function ChunkFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const at = (key: string) => [...path, key]
  const unit = asText(useStageDraft(stage).by)
  return (
    <>
      <ExpressionField
        path={at('text')}
        stage={stage}
        label="Text"
        help={stageHelp('chunk', 'text')}
        placeholder="{{ item.text }}"
        oneLine={false}
        isNeeded
      />
      <ChoiceField
        path={at('by')}
        label="Cut by"
        help={stageHelp('chunk', 'by')}
        choices={CHUNK_BY.map((value) => ({ value, label: value }))}
      />
      <NumberField
        path={at('size')}
        label="Size"
        help={stageHelp('chunk', 'size')}
        whole
        step={unit === 'tokens' || unit === 'characters' ? 100 : 1}
        suffix={` ${unit}`}
        isNeeded
      />
      <NumberField
        path={at('overlap')}
        label="Overlap"
        help={stageHelp('chunk', 'overlap')}
        placeholder="0"
        whole
        suffix={` ${unit}`}
      />
    </>
  )
}
