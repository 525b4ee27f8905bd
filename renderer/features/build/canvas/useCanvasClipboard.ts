import { useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import type { Position } from '../../../../shared/chain.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { copySelection, paste, removeStages } from '../commands/stageCommands.ts'
import { useFlowStore } from './flowStore.ts'
import { mapAt } from './mapPlaces.ts'
import { snap } from './placeNodes.ts'
import { isTyping } from './useCanvasKeys.ts'

/**
 * Copy, cut and paste of stages through the system's clipboard, as YAML that can be pasted into a mail or a file as well.
 * The browser's own events, which need no permission and leave text fields alone.
 */
export function useCanvasClipboard(): void {
  const flow = useReactFlow()
  const pointer = useRef<Position | null>(null)

  useEffect(() => {
    function copy(event: ClipboardEvent): boolean {
      if (isTyping(event.target) || hasSelectedText()) return false
      const yaml = copySelection()
      if (yaml === null) return false
      event.clipboardData?.setData('text/plain', yaml)
      event.preventDefault()
      return true
    }
    function cut(event: ClipboardEvent): void {
      if (copy(event)) removeStages(useViewStore.getState().selectedStages)
    }
    function pasteHere(event: ClipboardEvent): void {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (isTyping(event.target) || text === '') return
      event.preventDefault()
      const at = pointer.current === null ? null : flow.screenToFlowPosition(pointer.current)
      const map = at === null ? null : mapAt(useFlowStore.getState().nodes, at)
      paste(text, at === null ? null : { x: snap(at.x), y: snap(at.y) }, map)
    }
    function follow(event: PointerEvent): void {
      const isOverCanvas =
        event.target instanceof Element && event.target.closest('.react-flow__pane, .react-flow__node') !== null
      pointer.current = isOverCanvas ? { x: event.clientX, y: event.clientY } : null
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', cut)
    document.addEventListener('paste', pasteHere)
    document.addEventListener('pointermove', follow)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', cut)
      document.removeEventListener('paste', pasteHere)
      document.removeEventListener('pointermove', follow)
    }
  }, [flow])
}

function hasSelectedText(): boolean {
  return (document.getSelection()?.toString() ?? '') !== ''
}
