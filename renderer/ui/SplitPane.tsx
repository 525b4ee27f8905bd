import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useRememberedNumber } from '../lib/remembered.ts'
import classes from './SplitPane.module.css'

interface SplitPaneProps {
  /** Under which the size is remembered, and by which a screen reader names the divider. */
  readonly name: string
  /** The pane of a fixed size; the other one takes the rest. */
  readonly side: ReactNode
  readonly children: ReactNode
  readonly sideAt: 'start' | 'end'
  /** false: the other pane has all the room, and keeps its state. Default true. */
  readonly isOpen?: boolean
  /** One beside the other, or one below the other. */
  readonly direction?: 'row' | 'column'
  /** Pixels. */
  readonly initial: number
  readonly min: number
  readonly max: number
}

const STEP = 16

/** Two panes and a divider that can be dragged, or moved with the arrow keys; its place is remembered. */
export function SplitPane(props: SplitPaneProps) {
  const { name, side, children, sideAt, isOpen = true, direction = 'row', initial, min, max } = props
  const [wanted, setSize] = useRememberedNumber(`split.${name}`, initial)
  // What was chosen in a large window is kept for it, and is less in a small one.
  const size = Math.max(min, Math.min(max, wanted))
  const resize = (next: number) => setSize(Math.round(Math.min(max, Math.max(min, next))))
  const isRow = direction === 'row'
  const sign = sideAt === 'start' ? 1 : -1

  function drag(event: PointerEvent<HTMLElement>): void {
    const divider = event.currentTarget
    const from = isRow ? event.clientX : event.clientY
    divider.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) =>
      resize(size + sign * ((isRow ? moved.clientX : moved.clientY) - from))
    divider.addEventListener('pointermove', move)
    divider.addEventListener('lostpointercapture', () => divider.removeEventListener('pointermove', move), {
      once: true,
    })
  }

  function moveByKey(event: KeyboardEvent): void {
    const forward = isRow ? 'ArrowRight' : 'ArrowDown'
    const backward = isRow ? 'ArrowLeft' : 'ArrowUp'
    if (event.key !== forward && event.key !== backward) return
    event.preventDefault()
    resize(size + sign * (event.key === forward ? STEP : -STEP))
  }

  const divider = (
    <hr
      tabIndex={0}
      aria-label={`Size of ${name}`}
      aria-orientation={isRow ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes.divider}
      onPointerDown={drag}
      onDoubleClick={() => resize(initial)}
      onKeyDown={moveByKey}
    />
  )
  const sized = (
    <div className={classes.side} style={{ flexBasis: size }}>
      {side}
    </div>
  )
  return (
    <div className={classes.root} data-direction={direction}>
      {isOpen && sideAt === 'start' && sized}
      {isOpen && sideAt === 'start' && divider}
      <div className={classes.rest}>{children}</div>
      {isOpen && sideAt === 'end' && divider}
      {isOpen && sideAt === 'end' && sized}
    </div>
  )
}
