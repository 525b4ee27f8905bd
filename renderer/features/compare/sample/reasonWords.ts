import type { SampleReason } from '../../../../shared/sample.ts'

/** Why an item is in the sample, in a word or two. */
export const REASON_WORDS: Readonly<Record<SampleReason, string>> = {
  smallest: 'smallest',
  quantile: 'in between',
  largest: 'largest',
  odd: 'odd one',
  failed: 'failed last',
  chosen: 'chosen by you',
}
