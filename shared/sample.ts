import { z } from 'zod'

/**
 * Why an item is in a sample. `odd`: far from the others in shape (missing fields, unusual letters). `failed`: it failed in
 * the last run. `chosen`: by a person.
 */
export const sampleReason = z.enum(['smallest', 'quantile', 'largest', 'odd', 'failed', 'chosen'])
export type SampleReason = z.infer<typeof sampleReason>

export const sampleItem = z.strictObject({
  /** 0-based, in the source's order. */
  index: z.number().int().nonnegative(),
  key: z.string(),
  reason: sampleReason,
  /** Of its file or row; null: not known. */
  bytes: z.number().nonnegative().nullable(),
})
export type SampleItem = z.infer<typeof sampleItem>

/** A few items that stretch a chain, kept beside it in `chains/NAME.sample.yaml`. */
export const sample = z.strictObject({ items: z.array(sampleItem).max(200) })
export type Sample = z.infer<typeof sample>

export const DEFAULT_SAMPLE_SIZE = 10

/** `chains/triage.chain.yaml` → `chains/triage.sample.yaml`. */
export function sampleFileOf(chainFile: string): string {
  return chainFile.replace(/(\.chain)?\.ya?ml$/, '.sample.yaml')
}
