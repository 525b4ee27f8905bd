import { z } from 'zod'

const rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Rectangle = z.infer<typeof rectangle>

/** A window as it was left. Units are device-independent pixels. */
export const windowState = z.object({ bounds: rectangle, maximised: z.boolean() })
export type WindowState = z.infer<typeof windowState>

export const SMALLEST = { width: 900, height: 600 }
const USUAL = { width: 1440, height: 920 }
/** The part of a window that one can take hold of. */
const TITLE_BAR_HEIGHT = 32
const ENOUGH_TO_GRIP = 120

/** Where a window opens. Without `x` and `y` the system puts it in the middle. */
export type Placement = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number }

/**
 * Where the window was, if one can still take hold of it there: a display that was unplugged must not swallow it.
 * `workAreas`: of the displays that are there now, the primary one first.
 */
export function placeWindow(state: WindowState | null, workAreas: readonly Rectangle[]): Placement {
  const { bounds } = state ?? {}
  if (bounds !== undefined && workAreas.some((area) => canGrip(bounds, area))) {
    const { x, y, width, height } = bounds
    return { x, y, width: Math.max(width, SMALLEST.width), height: Math.max(height, SMALLEST.height) }
  }
  const { width, height } = bounds ?? USUAL
  const area = workAreas[0] ?? { ...USUAL }
  return { width: Math.min(width, area.width), height: Math.min(height, area.height) }
}

function canGrip(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  return width >= ENOUGH_TO_GRIP && bounds.y >= area.y && bounds.y + TITLE_BAR_HEIGHT <= area.y + area.height
}
