import { Popover } from '@mantine/core'
import { useReactFlow } from '@xyflow/react'
import type { Position } from '../../../../shared/chain.ts'
import { addEntry } from '../commands/stageCommands.ts'
import { EntryList } from '../palette/EntryList.tsx'
import type { PaletteEntry } from '../palette/entry.ts'
import { isStageEntry, PALETTE } from '../palette/paletteEntries.ts'
import { HANDLE_Y, NODE_WIDTH, snap } from './placeNodes.ts'

/** Where a person asked to add something, and what it is to be wired to. */
export interface AddRequest {
  /** In the window. */
  readonly at: Position
  readonly behind: string | null
  readonly before: string | null
  /** The map that it goes into; null: none. */
  readonly map: string | null
}

/** What may be added at a place of the canvas: where a wire was dropped, on a double click, or with N. */
export function AddMenu({ request, onClose }: { readonly request: AddRequest; readonly onClose: () => void }) {
  const flow = useReactFlow()
  const { at, behind, before, map } = request
  const isWired = behind !== null || before !== null
  const entries = isWired ? PALETTE.filter(isStageEntry) : PALETTE

  function add(entry: PaletteEntry): void {
    const point = flow.screenToFlowPosition(at)
    const x = behind !== null ? point.x : before !== null ? point.x - NODE_WIDTH : point.x - NODE_WIDTH / 2
    addEntry(entry, { behind, before, map, position: { x: snap(x), y: snap(point.y - HANDLE_Y) } })
    onClose()
  }

  return (
    <Popover
      opened
      position="bottom-start"
      width={260}
      onDismiss={onClose}
      closeOnEscape
      trapFocus
      withinPortal
      returnFocus
    >
      <Popover.Target>
        <div style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <EntryList
          entries={entries}
          onChoose={add}
          autoFocus
          label={isWired ? 'Add a stage at the end of the wire' : 'Add here'}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
