/**
 * How unlike the others each text is: the largest of its distances from the middle of all, over length of line, shares of letters,
 * digits and characters beyond ASCII, and words that repeat; in units of the middle distance (robust z). Length itself is not in
 * it: a sample has the smallest and the largest anyway. Fewer than eight texts have no odd one.
 */
export function oddnessOf(texts: readonly string[]): readonly number[] {
  if (texts.length < LEAST_TEXTS) return texts.map(() => 0)
  const features = texts.map(featuresOf)
  const names = Array.from({ length: features[0]?.length ?? 0 }, (_, at) => at)
  const distances = names.map((at) => {
    const values = features.map((of) => of[at] ?? 0)
    const middle = median(values)
    const spread = median(values.map((value) => Math.abs(value - middle)))
    const unit = Math.max(spread * NORMAL_MAD, LEAST_SPREAD)
    return values.map((value) => Math.abs(value - middle) / unit)
  })
  return texts.map((_, index) => Math.max(0, ...distances.map((of) => of[index] ?? 0)))
}

const LEAST_TEXTS = 8
/** What makes the median distance of normal values their standard deviation. */
const NORMAL_MAD = 1.4826
/** Where nearly all are alike, a difference of a fiftieth is nothing. */
const LEAST_SPREAD = 0.02
/** Enough to know a text by. */
const READ_LENGTH = 20_000

function featuresOf(whole: string): readonly number[] {
  const text = whole.slice(0, READ_LENGTH)
  const length = Math.max(1, text.length)
  const count = (pattern: RegExp) => (text.match(pattern)?.length ?? 0) / length
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return [
    Math.log1p(length / (1 + (text.match(/\n/g)?.length ?? 0))) / 10,
    count(/\p{L}/gu),
    count(/\p{N}/gu),
    count(/[^\x20-\x7e\s]/g),
    words.length === 0 ? 1 : new Set(words).size / words.length / 2,
  ]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}
