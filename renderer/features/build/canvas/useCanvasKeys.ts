import { useReactFlow } from '@xyflow/react'
import { type FocusEvent, type RefObject, useEffect, useEffectEvent } from 'react'
import type { Position } from '../../../../shared/chain.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { nudge, tidyUp } from '../commands/layoutCommands.ts'
import { duplicateSelection, removeStages } from '../commands/stageCommands.ts'
import { disconnect, selectedWires } from '../commands/wireCommands.ts'
import { focusRename } from '../inspector/renameFocus.ts'
import { useFlowStore } from './flowStore.ts'
import { absolutePosition } from './mapPlaces.ts'
import { OUTPUT_NODE, SOURCE_NODE } from './nodeIds.ts'
import { type Direction, walk } from './walk.ts'

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const STEPS: Readonly<Record<Direction, Position>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
}

/**
 * The keys of the canvas. They work while something in it has the focus, or nothing in the window has (a click on the empty
 * canvas, a stage that was just deleted). Undo and redo are the window's own.
 */
export function useCanvasKeys(canvas: RefObject<HTMLElement | null>, onAdd: (at: Position) => void): void {
  const flow = useReactFlow()

  function onKeyDown(event: KeyboardEvent): void {
    const { activeElement } = document
    const isOurs = activeElement === document.body || (canvas.current?.contains(activeElement) ?? false)
    if (event.defaultPrevented || !isOurs || isTyping(event.target)) return
    const direction = ARROWS[event.key]
    const isDone = direction === undefined ? command(event) : arrow(event, direction)
    if (isDone) event.preventDefault()
  }

  function arrow(event: KeyboardEvent, direction: Direction): boolean {
    if (event.ctrlKey || event.metaKey) return false
    const selected = useViewStore.getState().selectedStages
    if (event.altKey) {
      nudge(selected, STEPS[direction])
      return true
    }
    const from = focusedNode() ?? selected.at(-1)
    const to = from === undefined ? useFlowStore.getState().nodes[0]?.id : walk(onCanvas(), from, direction)
    if (to === null || to === undefined) return true
    useFlowStore.getState().selectNodes(event.shiftKey ? [...selected, to] : [to])
    focusNode(to)
    void flow.fitView({ nodes: [{ id: to }], minZoom: flow.getZoom(), maxZoom: flow.getZoom(), duration: 120 })
    return true
  }

  function command(event: KeyboardEvent): boolean {
    const { selectedStages, select } = useViewStore.getState()
    const isControl = event.ctrlKey || event.metaKey
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (event.altKey && event.shiftKey && event.code === 'KeyT') {
      tidyUp()
      return true
    }
    if (event.altKey) return false
    if (isControl) {
      if (key === 'd') duplicateSelection()
      else if (key === 'a') useFlowStore.getState().selectNodes(useFlowStore.getState().nodes.map((node) => node.id))
      else return false
      return true
    }
    switch (key) {
      case 'Delete':
      case 'Backspace':
        // A box around stages takes their wires in, too: those go with them.
        if (selectedStages.some((id) => id !== SOURCE_NODE && id !== OUTPUT_NODE)) removeStages(selectedStages)
        else disconnect(selectedWires())
        return true
      case 'F2':
        focusRename()
        return true
      case 'Escape':
        useFlowStore.getState().selectNodes([])
        return true
      case 'Enter': {
        const focused = focusedNode()
        if (focused === null) return false
        select([focused])
        focusRename()
        return true
      }
      case 'f':
      case '2':
        void flow.fitView({ padding: 0.06, maxZoom: 1, duration: 120 })
        return true
      case '1':
        void flow.fitView({ nodes: selectedStages.map((id) => ({ id })), padding: 0.3, maxZoom: 1, duration: 120 })
        return true
      case '0':
        void flow.zoomTo(1, { duration: 120 })
        return true
      case '+':
      case '=':
        void flow.zoomIn({ duration: 120 })
        return true
      case '-':
        void flow.zoomOut({ duration: 120 })
        return true
      case 'n': {
        const box = canvas.current?.getBoundingClientRect() ?? new DOMRect()
        onAdd({ x: box.left + box.width / 2, y: box.top + box.height / 3 })
        return true
      }
      default:
        return false
    }
  }

  const handle = useEffectEvent(onKeyDown)
  useEffect(() => {
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [])
}

/** A node that is reached by Tab is selected, so that the inspector shows it. */
export function selectFocused({ target }: FocusEvent<HTMLElement>): void {
  const id = target.matches('.react-flow__node:focus-visible') ? target.dataset.id : undefined
  if (id !== undefined && !useViewStore.getState().selectedStages.includes(id))
    useFlowStore.getState().selectNodes([id])
}

/** Whether keys belong to a text field just now. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** The chart with every node where it is seen. */
function onCanvas() {
  const { nodes, edges } = useFlowStore.getState()
  return { nodes: nodes.map(({ id }) => ({ id, position: absolutePosition(nodes, id) })), edges }
}

function focusedNode(): string | null {
  return document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null
}

function focusNode(id: string): void {
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
}
