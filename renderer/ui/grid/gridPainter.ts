import { drawAxes } from './drawAxes.ts'
import { drawAllCells, drawChangedCells } from './drawCells.ts'
import { drawRail } from './drawRail.ts'
import { createSprites } from './glyphs.ts'
import { capacity, type GridLayout } from './gridLayout.ts'
import type { GridPalette } from './gridPalette.ts'
import type { StatePyramid } from './statePyramid.ts'
import { type Surface, sizeSurface } from './surface.ts'

/** What the canvas shows; another one means drawing anew. */
export interface GridScene {
  readonly width: number
  readonly height: number
  readonly layout: GridLayout
  readonly pyramid: StatePyramid
  readonly palette: GridPalette
  readonly stages: readonly string[]
  readonly shown: ReadonlySet<number> | null
  keyOf(item: number): string | null
}

/** Draws on a canvas when, and only when, something has changed: at the most once a frame. */
export interface GridPainter {
  show(scene: GridScene): void
  /** Cells of the scene's pyramid that changed, as positions in its states. */
  changed(cells: readonly number[]): void
  close(): void
}

export function createGridPainter(canvas: HTMLCanvasElement): GridPainter {
  let scene: GridScene | null = null
  let surface: Surface | null = null
  let sprite: ReturnType<typeof createSprites> | null = null
  let spritesFor: { palette: GridPalette; scale: number } | null = null
  let isNew = false
  let cells: number[] = []
  let frame: number | null = null

  function draw(): void {
    frame = null
    if (scene === null) return
    const { width, height, layout, palette } = scene
    if (
      surface === null ||
      surface.width !== width ||
      surface.height !== height ||
      surface.scale !== window.devicePixelRatio
    ) {
      surface = sizeSurface(canvas, width, height)
      isNew = true
    }
    if (surface === null) return
    if (sprite === null || spritesFor?.palette !== palette || spritesFor.scale !== surface.scale) {
      sprite = createSprites(palette, surface.scale)
      spritesFor = { palette, scale: surface.scale }
    }
    const picture = { ...scene, sprite }
    // Past some share, drawing everything costs less than picking.
    if (isNew || cells.length > capacity(layout) * layout.shape.stages * 4) {
      surface.context.fillStyle = palette.surface
      surface.context.fillRect(0, 0, canvas.width, canvas.height)
      drawAllCells(surface, picture)
      drawAxes(surface, picture)
    } else drawChangedCells(surface, picture, cells)
    drawRail(surface, picture)
    isNew = false
    cells = []
  }

  function soon(): void {
    frame ??= requestAnimationFrame(draw)
  }

  return {
    show(next) {
      scene = next
      isNew = true
      soon()
    },
    changed(more) {
      if (isNew) return
      for (const cell of more) cells.push(cell)
      soon()
    },
    close() {
      if (frame !== null) cancelAnimationFrame(frame)
    },
  }
}
