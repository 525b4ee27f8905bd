import { CELL_STATES, type CellState } from '../../../shared/cell.ts'
import { SIGN_STROKE, STATE_SIGNS } from '../stateSigns.ts'
import type { GridPalette } from './gridPalette.ts'

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
  const sign = STATE_SIGNS[state]
  context.scale(sprite.width / 16, sprite.height / 16)
  context.strokeStyle = context.fillStyle = color
  context.lineWidth = SIGN_STROKE
  context.lineCap = context.lineJoin = 'round'
  context.stroke(new Path2D(sign.stroke))
  if (sign.fill !== undefined) context.fill(new Path2D(sign.fill))
}
