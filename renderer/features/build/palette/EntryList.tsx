import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import classes from './EntryList.module.css'
import type { PaletteEntry } from './entry.ts'
import { ENTRY_ICONS } from './entryIcons.tsx'
import { startEntryDrag } from './paletteDrag.ts'
import { PALETTE_GROUPS, searchPalette } from './paletteEntries.ts'

interface EntryListProps {
  readonly entries: readonly PaletteEntry[]
  readonly onChoose: (entry: PaletteEntry) => void
  readonly label: string
  readonly autoFocus?: boolean
  /** Entries can be dragged onto the canvas. */
  readonly isDraggable?: boolean
}

/** A searchable list of what can be added. Arrows go through it from the search field; Enter takes the marked one. */
export function EntryList({ entries, onChoose, label, autoFocus = false, isDraggable = false }: EntryListProps) {
  const [search, setSearch] = useState('')
  const [marked, setMarked] = useState<number | null>(autoFocus ? 0 : null)
  const listId = useId()
  const isSearching = search.trim() !== ''
  const found = isSearching ? searchPalette(entries, search) : byGroup(entries)

  function walkList(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setMarked((at) => Math.min(found.length - 1, Math.max(0, (at ?? (step === 1 ? -1 : found.length)) + step)))
    }
    const entry = found[marked ?? 0]
    if (event.key === 'Enter' && entry !== undefined && (isSearching || marked !== null)) {
      event.preventDefault()
      onChoose(entry)
    }
  }

  return (
    <div className={classes.root}>
      <div className={classes.search}>
        <TextInput
          size="sm"
          placeholder="What do you want to do?"
          aria-label={`${label}: search`}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={marked === null ? undefined : `${listId}-${found[marked]?.id}`}
          leftSection={<IconSearch size={16} stroke={1.5} />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            setMarked(0)
          }}
          onKeyDown={walkList}
          {...(autoFocus ? { 'data-autofocus': true } : {})}
        />
      </div>
      <div className={classes.list} id={listId} role="listbox" aria-label={label}>
        {found.map((entry, index) => (
          <div key={entry.id} role="presentation">
            {!isSearching && entry.group !== found[index - 1]?.group && (
              <div className={classes.group} role="presentation">
                {entry.group}
              </div>
            )}
            <button
              type="button"
              role="option"
              id={`${listId}-${entry.id}`}
              aria-selected={marked === index}
              className={classes.entry}
              data-marked={marked === index}
              draggable={isDraggable}
              onDragStart={(event) => startEntryDrag(event.dataTransfer, entry)}
              onClick={() => onChoose(entry)}
            >
              <EntryIcon id={entry.id} />
              <span className={classes.words}>
                <span className={classes.title}>{entry.title}</span>
                <span className={classes.hint}>{entry.hint}</span>
              </span>
            </button>
          </div>
        ))}
        {found.length === 0 && (
          <div className={classes.none}>Nothing here does “{search.trim()}”. A Model stage can do most things.</div>
        )}
      </div>
    </div>
  )
}

function byGroup(entries: readonly PaletteEntry[]): readonly PaletteEntry[] {
  return PALETTE_GROUPS.flatMap((group) => entries.filter((entry) => entry.group === group))
}

function EntryIcon({ id }: { readonly id: string }) {
  const Icon = ENTRY_ICONS[id]
  return Icon === undefined ? null : <Icon size={16} stroke={1.5} className={classes.icon} aria-hidden />
}
