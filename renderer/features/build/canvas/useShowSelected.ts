import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { useViewStore } from '../../../stores/viewStore.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './placeNodes.ts'

/** Brings a stage that was selected elsewhere, or just added, into the middle where it is out of sight. */
export function useShowSelected(canvas: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow()
  const selected = useViewStore((state) => state.selectedStages)

  useEffect(() => {
    const [id] = selected
    if (id === undefined || selected.length > 1) return
    // Once it has its place: it may have been added in this very moment.
    const frame = requestAnimationFrame(() => {
      const node = flow.getInternalNode(id)
      const box = canvas.current?.getBoundingClientRect()
      if (node === undefined || box === undefined) return
      const { positionAbsolute } = node.internals
      const middle = { x: positionAbsolute.x + NODE_WIDTH / 2, y: positionAbsolute.y + NODE_HEIGHT / 2 }
      const { x, y } = flow.flowToScreenPosition(middle)
      const isInSight = x >= box.left && y >= box.top && x <= box.right && y <= box.bottom
      if (!isInSight) void flow.setCenter(middle.x, middle.y, { zoom: flow.getZoom(), duration: 120 })
    })
    return () => cancelAnimationFrame(frame)
  }, [selected, flow, canvas])
}
