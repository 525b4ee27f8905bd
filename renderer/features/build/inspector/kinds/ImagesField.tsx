import { ExpressionField } from '../ExpressionField.tsx'
import { stageHelp } from '../fieldHelp.ts'
import { type FieldPath, useField } from '../useField.ts'
import { YamlField } from '../YamlField.tsx'

/** Image files that the model is shown: one expression, or a list of paths. */
export function ImagesField({ path, stage }: { readonly path: FieldPath; readonly stage: string }) {
  const { value } = useField(path, 'the images')
  const props = { path, label: 'Images', help: stageHelp('model', 'images') }
  return value === undefined || typeof value === 'string' ? (
    <ExpressionField {...props} stage={stage} placeholder="{{ item.path }}" />
  ) : (
    <YamlField {...props} />
  )
}
