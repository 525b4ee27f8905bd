import type { Request } from '../../shared/api.ts'
import type { Chain } from '../../shared/chain.ts'
import type { Source } from '../../shared/source.ts'
import { findStage } from '../../shared/stageTree.ts'
import { knownParams, openParams, type ParamValues } from '../lib/paramValues.ts'
import { readPastedItem } from '../lib/readPastedItem.ts'

/** Which item is tried: one of the source's, or the person's own. */
export type ItemChoice =
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'pasted'; readonly text: string }

export interface TestParts {
  /** null: it has not been read, or the chain names none. */
  readonly source: Source | null
  readonly choice: ItemChoice
  /** Stage id → tier. */
  readonly tiers: Readonly<Record<string, string>>
  readonly params: ParamValues
  readonly text: string
  readonly file: string | null
  readonly good: { readonly chain: Chain } | null
}

/** What a try asks of the host; null: nothing can be run, for the item is missing or a param has no right value. */
export function testRequest({ source, choice, tiers, params, text, file, good }: TestParts) {
  if (good !== null && openParams(good.chain, params).length > 0) return null
  const item =
    choice.kind === 'pasted' ? readPastedItem(choice.text) : source === null ? null : { source, index: choice.index }
  if (item === null) return null
  const overrides = Object.entries(tiers).filter(([stage]) => good !== null && findStage(good.chain, stage) !== null)
  return {
    text,
    file,
    item,
    tiers: Object.fromEntries(overrides),
    params: good === null ? {} : knownParams(good.chain, params),
  } satisfies Request<'runs.test'>
}
