import { Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import { MOST_ITEMS } from '../../../../shared/compare/limits.ts'
import type { ItemPreview } from '../../../../shared/item.ts'
import type { SampleItem } from '../../../../shared/sample.ts'
import type { Source } from '../../../../shared/source.ts'
import { host } from '../../../lib/host.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'

/** More would make the list slow and nobody scrolls them: typing finds the others. */
const SHOWN = 60
const PREVIEW_ITEMS = 1000

/** One more item of the source, by hand. */
export function AddItem({ items }: { readonly items: readonly SampleItem[] }) {
  const source = useChainStore((state) => state.good?.chain.source ?? null)
  const found = useSourceItems(source)
  const left = found.filter(({ index, problem }) => problem === null && items.every((item) => item.index !== index))
  const add = (value: string | null) => {
    const chosen = left.find(({ index }) => String(index) === value)
    if (chosen === undefined) return
    const { index, key, bytes } = chosen
    const next: SampleItem[] = [...items, { index, key, bytes, reason: 'chosen' }]
    void useCompareStore.getState().setItems(next.toSorted((a, b) => a.index - b.index))
  }
  return (
    <Select
      aria-label="Add an item"
      placeholder="Add an item of the source…"
      searchable
      limit={SHOWN}
      data={left.map(({ index, key }) => ({ value: String(index), label: key }))}
      value={null}
      onChange={add}
      disabled={left.length === 0 || items.length >= MOST_ITEMS}
      nothingFoundMessage="No item has this name"
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function useSourceItems(source: Source | null): readonly ItemPreview[] {
  const [items, setItems] = useState<readonly ItemPreview[]>([])
  const key = JSON.stringify(source)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit reads the source anew, as another object that says the same
  useEffect(() => {
    if (source === null) return
    let isWanted = true
    void host.call('source.preview', { source, limit: PREVIEW_ITEMS }).then((reply) => {
      if (isWanted && reply.ok) setItems(reply.value.items)
    })
    return () => {
      isWanted = false
    }
  }, [key])
  return items
}
