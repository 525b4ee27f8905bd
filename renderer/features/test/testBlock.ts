/** Why the chain cannot be tried now; null: it can. */
export function testBlock(now: {
  hasErrors: boolean
  /** Params without a right value. */
  params: readonly string[]
  hasItem: boolean
  isPasted: boolean
}): string | null {
  const [param] = now.params
  if (now.hasErrors) return 'The chain has errors; set them right first.'
  if (param !== undefined) return `The param ${param} needs a value.`
  if (now.hasItem) return null
  return now.isPasted ? 'Paste or type an item first.' : 'Choose an item first.'
}
