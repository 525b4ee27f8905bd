import { type StageKind, stage } from '../../../../shared/stages.ts'

/** What the chain's schema says about a key, as the form's help text. */
export function stageHelp(kind: StageKind, key: string): string | undefined {
  const option = stage.options.find((each) => each.shape.kind.value === kind)
  const field = (option?.shape as Readonly<Record<string, { description?: string | undefined }>> | undefined)?.[key]
  return field?.description
}
