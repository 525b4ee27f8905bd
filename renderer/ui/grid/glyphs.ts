import { CELL_STATES, type CellState } from '../../../shared/cell.ts'
import type { GridPalette } from './gridPalette.ts'

/** Each state's sign on a field of 16 × 16, as it is drawn on its cell: a stroke and, for some, a filled part. */
const GLYPHS: { readonly [state in CellState]: { readonly stroke: string; readonly fill?: string } } = {
  waiting: { stroke: 'M8 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7' },
  running: { stroke: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10', fill: 'M8 3a5 5 0 0 1 0 10z' },
  retrying: { stroke: 'M4.5 3h7M4.5 13h7M5.5 3c0 3 5 7 5 10M10.5 3c0 3-5 7-5 10' },
  succeeded: { stroke: 'M3.5 8.5l3 3l6-7' },
  remembered: { stroke: 'M3.5 9.5l3 3l6-7M3.5 3h9' },
  failed: { stroke: 'M4.5 4.5l7 7M11.5 4.5l-7 7' },
  skipped: { stroke: 'M3.5 11a4.5 4.5 0 0 1 9 -1M13 6.5l-.5 3.6l-3.5-.9' },
  held: { stroke: 'M6 4v8M10 4v8' },
  cancelled: { stroke: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10M4.6 11.4l6.8-6.8' },
}

type Sprite = (state: number, size: number) => HTMLCanvasElement

/** Draws each glyph once per size and colour; cells then copy it. `scale` is that of the surface it is drawn on. */
export function createSprites(palette: GridPalette, scale: number): Sprite {
  const sprites = new Map<string, HTMLCanvasElement>()
  return (state, size) => {
    const name = `${state} ${size}`
    const known = sprites.get(name)
    if (known !== undefined) return known
    const sprite = document.createElement('canvas')
    sprite.width = sprite.height = Math.round(size * scale)
    drawGlyph(sprite, CELL_STATES[state] ?? 'waiting', palette.ink[state] ?? palette.text)
    sprites.set(name, sprite)
    return sprite
  }
}

function drawGlyph(sprite: HTMLCanvasElement, state: CellState, color: string): void {
  const context = sprite.getContext('2d')
  if (context === null) return
  const glyph = GLYPHS[state]
  context.scale(sprite.width / 16, sprite.height / 16)
  context.strokeStyle = context.fillStyle = color
  context.lineWidth = 1.75
  context.lineCap = context.lineJoin = 'round'
  context.stroke(new Path2D(glyph.stroke))
  if (glyph.fill !== undefined) context.fill(new Path2D(glyph.fill))
}
