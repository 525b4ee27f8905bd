import { type RefObject, useEffect, useRef, useState } from 'react'
import { needsRail, RAIL_HEIGHT, railItem } from './drawRail.ts'
import { hitTest, type Point } from './gridHit.ts'
import type { GridView } from './gridLayout.ts'
import { panView, zoomToItems, zoomView } from './gridView.ts'
import type { GridViewState } from './useGridView.ts'

interface Press {
  readonly at: Point
  /** The view when it began: a drag goes from there. */
  readonly view: GridView
  readonly on: 'cells' | 'rail'
  dragged: boolean
}

const DRAG_FROM = 4
const WHEEL_SPEED = 0.0016
/** A pinch comes as a wheel with Ctrl, in much smaller steps. */
const PINCH_SPEED = 0.012

/**
 * Wheel, drag and click on the grid, and where the pointer rests on it. `onPick` is called for a click on a single cell.
 */
export function useGridPointer(
  area: RefObject<HTMLElement | null>,
  state: GridViewState,
  onPick: (cell: { item: number; stage: number }) => void,
): { readonly pointer: Point | null; readonly isDragging: boolean } {
  const [pointer, setPointer] = useState<Point | null>(null)
  const [isDragging, setDragging] = useState(false)
  const press = useRef<Press | null>(null)
  const { layout, box, shape, view, change } = state

  useEffect(() => {
    const element = area.current
    if (element === null) return
    const place = { shape, box }
    const pointOf = (event: MouseEvent): Point => {
      const rect = element.getBoundingClientRect()
      return { x: event.clientX - rect.left, y: event.clientY - rect.top }
    }
    const onRail = (at: Point): boolean => needsRail(layout) && at.y >= element.clientHeight - RAIL_HEIGHT - 2
    const goTo = (at: Point): void => {
      change((view) =>
        panView({ ...view, first: railItem(layout, at.x, element.clientWidth) }, place, { dx: 0, dy: 0 }),
      )
    }

    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      const at = pointOf(event)
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      if (sideways) {
        change((view) => panView(view, place, { dx: -(event.deltaX || event.deltaY), dy: 0 }))
        return
      }
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? PINCH_SPEED : WHEEL_SPEED))
      change((view) => zoomView(view, place, { factor, at }))
    }
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return
      const at = pointOf(event)
      press.current = { at, view, on: onRail(at) ? 'rail' : 'cells', dragged: false }
      element.setPointerCapture(event.pointerId)
      if (press.current.on === 'rail') goTo(at)
    }
    const move = (event: PointerEvent): void => {
      const at = pointOf(event)
      const held = press.current
      if (held === null) setPointer(onRail(at) ? null : at)
      else if (held.on === 'rail') goTo(at)
      else if (held.dragged || Math.hypot(at.x - held.at.x, at.y - held.at.y) > DRAG_FROM) {
        held.dragged = true
        setDragging(true)
        setPointer(null)
        change(() => panView(held.view, place, { dx: at.x - held.at.x, dy: at.y - held.at.y }))
      }
    }
    const up = (event: PointerEvent): void => {
      const held = press.current
      press.current = null
      setDragging(false)
      const hit = hitTest(layout, pointOf(event))
      if (held === null || held.dragged || held.on === 'rail' || hit === null) return
      if (layout.bucket === 1) onPick({ item: hit.from, stage: hit.stage })
      else change((view) => zoomToItems(view, place, hit))
    }
    const leave = (): void => setPointer(null)

    // React's own wheel listener is passive: it could not keep the page from scrolling.
    element.addEventListener('wheel', wheel, { passive: false })
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', up)
    element.addEventListener('pointerleave', leave)
    return () => {
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', up)
      element.removeEventListener('pointerleave', leave)
    }
  }, [area, box, shape, layout, view, change, onPick])

  return { pointer, isDragging }
}
