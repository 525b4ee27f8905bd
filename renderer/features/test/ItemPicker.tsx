import { Select } from '@mantine/core'
import type { ItemPreview } from '../../../shared/item.ts'
import { useTestStore } from '../../stores/testStore.ts'
import classes from './ItemPicker.module.css'

/** More would make the list slow and nobody scrolls them: typing finds the others. */
const SHOWN = 60

/** The source's items, found by their key or by their first words. */
export function ItemPicker() {
  const items = useTestStore((state) => state.items)
  const choice = useTestStore((state) => state.choice)
  const shown: readonly ItemPreview[] = items.status === 'ready' ? items.preview.items : []
  const byIndex = new Map(shown.map((item) => [String(item.index), item]))
  return (
    <Select
      aria-label="Item"
      className={classes.root ?? ''}
      placeholder={
        items.status === 'loading' ? 'Reading the source…' : choice.kind === 'pasted' ? 'Your own item' : 'No items'
      }
      data={shown.map((item) => ({ value: String(item.index), label: item.key }))}
      value={choice.kind === 'item' && byIndex.has(String(choice.index)) ? String(choice.index) : null}
      onChange={(value) => value !== null && useTestStore.getState().choose(Number(value))}
      disabled={shown.length === 0}
      searchable
      // Typing replaces what stands in the field.
      onClick={(event) => event.currentTarget.select()}
      onFocus={(event) => event.currentTarget.select()}
      limit={SHOWN}
      maxDropdownHeight={360}
      nothingFoundMessage="No item has these words"
      comboboxProps={{ width: 480, position: 'bottom-start' }}
      filter={({ options, search }) => {
        const words = search.trim().toLowerCase()
        // The key of the chosen item stands in the field when the list opens: then everything is shown.
        if (shown.some((item) => item.key.toLowerCase() === words)) return options
        return options.filter((option) => {
          const item = 'value' in option ? byIndex.get(option.value) : undefined
          return item !== undefined && `${item.key} ${item.preview}`.toLowerCase().includes(words)
        })
      }}
      renderOption={({ option }) => {
        const item = byIndex.get(option.value)
        return (
          <div className={classes.option}>
            <div className={classes.key}>{option.label}</div>
            <div className={classes.preview} data-problem={item?.problem != null}>
              {item?.problem ?? item?.preview}
            </div>
          </div>
        )
      }}
    />
  )
}
