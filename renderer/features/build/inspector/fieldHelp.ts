import { z } from 'zod'
import { sink } from '../../../../shared/sink.ts'
import { singleSource } from '../../../../shared/source.ts'
import { type StageKind, stage } from '../../../../shared/stages.ts'

type Schema = z.core.$ZodType

/** What the chain's schema says about a key of a stage, or one within it (`pack`, `size`), as the form's help text. */
export function stageHelp(kind: StageKind, ...keys: readonly string[]): string | undefined {
  return helpAt(
    stage.options.find((each) => each.shape.kind.value === kind),
    keys,
  )
}

/** The same for a source of the kind that has this key (`folder`). */
export function sourceHelp(kind: string, key: string): string | undefined {
  return helpAt(optionWith(singleSource.options, kind), [key])
}

export function sinkHelp(kind: string, key: string): string | undefined {
  return helpAt(optionWith(sink.options, kind), [key])
}

function optionWith(options: readonly Schema[], key: string): Schema | undefined {
  return options.find((option) => option instanceof z.ZodObject && key in option.shape)
}

function helpAt(schema: Schema | undefined, keys: readonly string[]): string | undefined {
  let at: Schema | undefined = schema
  for (const key of keys) {
    const inner = at instanceof z.ZodOptional ? at.unwrap() : at
    at = inner instanceof z.ZodObject ? (inner.shape as Readonly<Record<string, Schema>>)[key] : undefined
  }
  if (at === undefined) return undefined
  const own = z.globalRegistry.get(at)?.description
  return own ?? (at instanceof z.ZodOptional ? z.globalRegistry.get(at.unwrap())?.description : undefined)
}
