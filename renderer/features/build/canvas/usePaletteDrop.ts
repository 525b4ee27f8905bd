import { useReactFlow } from '@xyflow/react'
import type { DragEvent } from 'react'
import { addEntry } from '../commands/stageCommands.ts'
import { useDroppedFiles } from '../drop/useDroppedFiles.ts'
import { draggedEntry, isEntryDrag } from '../palette/paletteDrag.ts'
import { useFlowStore } from './flowStore.ts'
import { mapAt } from './mapPlaces.ts'
import { NODE_HEIGHT, NODE_WIDTH, snap } from './placeNodes.ts'

interface PaletteDrop {
  readonly onDragOver: (event: DragEvent) => void
  readonly onDragLeave: (event: DragEvent) => void
  readonly onDrop: (event: DragEvent) => void
}

/** What is dropped onto the canvas: an entry of the palette, onto a map into it, or files from outside. */
export function usePaletteDrop(): PaletteDrop {
  const flow = useReactFlow()
  const dropFiles = useDroppedFiles()
  const { showDropMap } = useFlowStore.getState()
  const pointOf = (event: DragEvent) => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
  return {
    onDragOver(event) {
      const isEntry = isEntryDrag(event.dataTransfer)
      if (!isEntry && !event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      showDropMap(isEntry ? mapAt(useFlowStore.getState().nodes, pointOf(event)) : null)
    },
    onDragLeave() {
      showDropMap(null)
    },
    onDrop(event) {
      event.preventDefault()
      showDropMap(null)
      const entry = draggedEntry(event.dataTransfer)
      if (entry === null) return void dropFiles(event.dataTransfer)
      const point = pointOf(event)
      const position = { x: snap(point.x - NODE_WIDTH / 2), y: snap(point.y - NODE_HEIGHT / 2) }
      addEntry(entry, { position, map: mapAt(useFlowStore.getState().nodes, point) })
    },
  }
}
