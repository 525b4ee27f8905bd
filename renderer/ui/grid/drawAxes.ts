import { formatCount } from '../../../shared/format.ts'
import { commonEnding } from './commonEnding.ts'
import { itemsOf } from './gridHit.ts'
import { endUnit, type GridLayout } from './gridLayout.ts'
import type { GridPalette } from './gridPalette.ts'
import { fillRect, type Surface } from './surface.ts'
import { tickItems } from './ticks.ts'

export interface AxisPicture {
  readonly layout: GridLayout
  readonly palette: GridPalette
  readonly stages: readonly string[]
  /** null: not known yet. */
  keyOf(item: number): string | null
}

const FONT_SIZE = 11
const GUTTER_PADDING = 10
/** Two numbers in the gutter must not touch. */
const LEAST_LINE = 14

/** Names of stages on the left of each band; above it the items' names, or their numbers. */
export function drawAxes(surface: Surface, picture: AxisPicture): void {
  const { context, scale } = surface
  const { layout, palette } = picture
  context.font = `${Math.round(FONT_SIZE * scale)}px ${palette.font}`
  context.fontVariantCaps = 'normal'
  context.textBaseline = 'middle'
  const bandsUsed = Math.ceil((endUnit(layout) - layout.firstUnit) / layout.perBand)
  let lastNumberAt = Number.NEGATIVE_INFINITY
  for (let band = 0; band < bandsUsed; band++) {
    const top = band * layout.bandHeight
    if (layout.headerShows === 'nothing') {
      const at = top + (layout.shape.stages * layout.rowHeight) / 2
      if (at - lastNumberAt < LEAST_LINE) continue
      lastNumberAt = at
      const { from } = itemsOf(layout, layout.firstUnit + band * layout.perBand)
      textInGutter(surface, picture, { text: formatCount(from + 1), y: at })
      continue
    }
    for (const [row, stage] of picture.stages.entries())
      textInGutter(surface, picture, { text: stage, y: top + layout.header + (row + 0.5) * layout.rowHeight })
    if (layout.headerShows === 'names') drawNames(surface, picture, band)
    else drawTicks(surface, picture, band)
  }
}

function textInGutter(
  surface: Surface,
  { palette, layout }: AxisPicture,
  { text, y }: { text: string; y: number },
): void {
  const { context, scale } = surface
  context.textAlign = 'right'
  context.fillStyle = palette.quiet
  const room = layout.left - GUTTER_PADDING
  context.fillText(
    cutInMiddle(surface, text, room),
    Math.round((layout.left - GUTTER_PADDING) * scale),
    Math.round(y * scale),
  )
}

function drawNames(surface: Surface, { layout, palette, keyOf }: AxisPicture, band: number): void {
  const { context, scale } = surface
  context.textAlign = 'left'
  context.fillStyle = palette.quiet
  const first = layout.firstUnit + band * layout.perBand
  const end = Math.min(endUnit(layout), first + layout.perBand)
  const keys = Array.from({ length: Math.max(0, end - first) }, (_, column) => keyOf(first + column))
  const ending = commonEnding(keys)
  const y = band * layout.bandHeight + layout.header - 8
  for (const [column, key] of keys.entries()) {
    const name = key === null ? `#${formatCount(first + column + 1)}` : key.slice(0, key.length - ending.length)
    const x = layout.left + column * layout.unitWidth
    context.fillText(
      cutInMiddle(surface, name, layout.unitWidth - 8),
      Math.round((x + 1) * scale),
      Math.round(y * scale),
    )
  }
}

function drawTicks(surface: Surface, { layout, palette }: AxisPicture, band: number): void {
  const { context, scale } = surface
  const firstUnit = layout.firstUnit + band * layout.perBand
  const range = {
    from: firstUnit * layout.bucket,
    to: Math.min(firstUnit + layout.perBand, layout.units) * layout.bucket,
  }
  context.textAlign = 'left'
  for (const item of tickItems(range, layout.unitWidth / layout.bucket)) {
    const x = layout.left + Math.floor(item / layout.bucket - firstUnit) * layout.unitWidth
    const bottom = band * layout.bandHeight + layout.header
    const text = formatCount(item + 1)
    if (x + 4 + context.measureText(text).width / scale > surface.width) continue
    context.fillStyle = palette.line
    fillRect(surface, { x, y: bottom - 12, width: 1, height: 11 })
    context.fillStyle = palette.quiet
    context.fillText(text, Math.round((x + 4) * scale), Math.round((bottom - 7) * scale))
  }
}

const cutTexts = new Map<string, string>()
const MOST_CUT_TEXTS = 5_000

/** The beginning and the end of a text that is too long; names differ at their ends. */
function cutInMiddle({ context, scale }: Surface, text: string, width: number): string {
  const known = `${width} ${context.font} ${text}`
  const before = cutTexts.get(known)
  if (before !== undefined) return before
  let cut = text
  for (let kept = text.length - 1; kept > 1 && context.measureText(cut).width > width * scale; kept--)
    cut = `${text.slice(0, Math.floor(kept / 2))}…${text.slice(text.length - Math.ceil(kept / 2))}`
  if (cutTexts.size > MOST_CUT_TEXTS) cutTexts.clear()
  cutTexts.set(known, cut)
  return cut
}
