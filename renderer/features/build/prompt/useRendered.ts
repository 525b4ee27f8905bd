import { useEffect, useMemo, useState } from 'react'
import { formatTokens } from '../../../../shared/format.ts'
import type { JsonObject } from '../../../../shared/json.ts'
import { paramOf } from '../../../../shared/param.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { usePreviewStore } from '../preview/previewStore.ts'
import { type RenderedPart, renderTemplate, roughTokens } from './renderTemplate.ts'

export interface Rendered {
  readonly parts: readonly RenderedPart[]
  /** Of which item it is; null: no item is known, and everything of it is a placeholder. */
  readonly item: string | null
  /** `≈ 212 tokens with the first item, and the outputs of extract` */
  readonly tokens: string
}

/** A text filled in with the first item of the source and the chain's params. */
export function useRendered(text: string): Rendered {
  const params = useChainStore((state) => state.good?.chain.params)
  const preview = usePreviewStore((state) => state.preview)
  const [parts, setParts] = useState<readonly RenderedPart[]>([])
  const first = preview.status === 'ready' ? preview.value : null
  const known = useMemo(
    (): JsonObject => ({ params: defaultsOf(params ?? {}), ...(first?.sample == null ? {} : { item: first.sample }) }),
    [params, first],
  )

  useEffect(() => {
    let isCurrent = true
    void renderTemplate(text, known).then((rendered) => {
      if (isCurrent) setParts(rendered)
    })
    return () => {
      isCurrent = false
    }
  }, [text, known])

  const item = first?.sample == null ? null : (first.items[0]?.key ?? 'the first item')
  return { parts, item, tokens: countWords(parts, item) }
}

/** What a launch takes that says nothing else. */
function defaultsOf(params: JsonObject): JsonObject {
  const defaults = Object.entries(params).map(([name, written]) => [name, paramOf(written).default] as const)
  return Object.fromEntries(defaults.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function countWords(parts: readonly RenderedPart[], item: string | null): string {
  const tokens = parts.reduce((sum, part) => sum + ('text' in part ? roughTokens(part.text) : 0), 0)
  const open = parts.filter((part) => part.kind === 'placeholder').length
  const about = item === null ? '' : ' with the first item'
  return `≈ ${formatTokens(tokens)} tokens${about}${open === 0 ? '' : `, and ${open === 1 ? 'one value' : `${open} values`} of other stages`}`
}
