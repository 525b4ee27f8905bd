import type { Rect } from './gridHit.ts'

/** A canvas whose drawing is given in CSS pixels and lands on whole device pixels, so that edges are crisp at any scale. */
export interface Surface {
  readonly context: CanvasRenderingContext2D
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Device pixels in a CSS pixel. */
  readonly scale: number
}

export function fillRect({ context, scale }: Surface, { x, y, width, height }: Rect): void {
  const left = Math.round(x * scale)
  const top = Math.round(y * scale)
  context.fillRect(left, top, Math.round((x + width) * scale) - left, Math.round((y + height) * scale) - top)
}

/** Makes the canvas as many device pixels large as it takes on the screen. */
export function sizeSurface(canvas: HTMLCanvasElement, width: number, height: number): Surface | null {
  // Opaque: the browser need not blend it with what lies behind.
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return null
  const scale = window.devicePixelRatio
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  return { context, width, height, scale }
}
