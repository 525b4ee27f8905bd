/**
 * Where the cells of the grid lie. Pure arithmetic; all lengths are CSS pixels.
 *
 * Items stand along x in input order, stages are the rows. The item axis is folded like lines of text into as many
 * bands as the height holds. What a column shows is a unit: one item, or, where items would be too thin to see, a bucket
 * of 4ⁿ items that starts at a multiple of its size. Everything below counts in units, so that one item and a bucket of
 * a thousand are zoomed, panned and hit by the same rules.
 */
export interface GridShape {
  readonly items: number
  readonly stages: number
}

export interface GridBox {
  readonly width: number
  readonly height: number
  /** Width on the left that is kept for names and numbers. */
  readonly gutter: number
}

/** What the person has zoomed and panned to. Continuous: the layout rounds it to what can be drawn crisply. */
export interface GridView {
  /** CSS pixels an item takes along x; far below 1 where there are very many. */
  readonly itemWidth: number
  /** The item at the top left. */
  readonly first: number
}

export interface GridLayout {
  readonly shape: GridShape
  /** Items in a unit: 1, or a power of 4. */
  readonly bucket: number
  readonly units: number
  readonly firstUnit: number
  readonly unitWidth: number
  readonly rowHeight: number
  /** Pixels left free at the right and the bottom of each cell. */
  readonly gap: 0 | 1
  readonly left: number
  /** Height above a band for its ticks or names. */
  readonly header: number
  readonly headerShows: 'names' | 'ticks' | 'nothing'
  /** From the top of one band to the top of the next. */
  readonly bandHeight: number
  readonly bands: number
  /** Units in a band. */
  readonly perBand: number
}

/** The factor between two levels of buckets. */
export const BUCKET_FACTOR = 4
/** Thinner than this, cells are put together into buckets. */
const LEAST_CELL = 3
/** Buckets are wider, so that each can be seen and hit. */
const LEAST_BUCKET_WIDTH = 5
/** From here on there is a gap between cells. */
const GAP_FROM = 4
/** Room for an item's name above its column. */
const NAME_WIDTH = 64
const GOOD_NAME_WIDTH = 80
const NAMES_HEADER = 19
const TICKS_HEADER = 16
/** Rows lower than this are not named one by one. */
const NAMED_ROW = 11
const LEAST_NAMED_CELL = 18
/** Stacked shares cannot be told apart in rows lower than this. */
const LEAST_BUCKET_ROW = 20
const MOST_ROW = 44
const LEAST_SQUEEZE = 0.7
const MOST_ITEM_WIDTH = 260

/** How many pixels an item and a row take when everything is in sight. */
export interface GridFit {
  readonly itemWidth: number
  readonly rowHeight: number
}

export function fitGrid(shape: GridShape, box: GridBox): GridFit {
  if (shape.items === 0 || shape.stages === 0) return { itemWidth: MOST_ITEM_WIDTH, rowHeight: MOST_ROW }
  return fitNamed(shape, box) ?? fitSquares(shape, box) ?? fitBuckets(shape, box)
}

/** Few items: wide cells under their items' names. */
function fitNamed(shape: GridShape, box: GridBox): GridFit | null {
  let best: GridFit | null = null
  for (let bands = 1; ; bands++) {
    const rowHeight = Math.min(MOST_ROW, rowHeightFor(bands, 'names', { shape, box }))
    if (rowHeight < LEAST_NAMED_CELL) return best
    const itemWidth = Math.min(MOST_ITEM_WIDTH / 2, widthOver(shape.items, bands, box))
    if (itemWidth >= GOOD_NAME_WIDTH && (best === null || evenness({ itemWidth, rowHeight }) > evenness(best)))
      best = { itemWidth, rowHeight }
    if (bands >= shape.items) return best
  }
}

/** A named cell looks best about three times as wide as high; the scarcer side counts. */
function evenness(fit: GridFit): number {
  return Math.min(fit.itemWidth, 3 * fit.rowHeight)
}

/** Some hundreds or thousands: true cells, as square and as large as the room allows. */
function fitSquares(shape: GridShape, box: GridBox): GridFit | null {
  let best: GridFit | null = null
  for (let bands = 1; bands <= Math.max(1, box.height); bands++) {
    const itemWidth = Math.min(MOST_ROW, widthOver(shape.items, bands, box))
    const ticked = rowHeightFor(bands, 'ticks', { shape, box })
    const room = ticked >= NAMED_ROW ? ticked : Math.min(NAMED_ROW - 1, rowHeightFor(bands, 'nothing', { shape, box }))
    if (room < LEAST_CELL) break
    const rowHeight = Math.min(room, Math.round(itemWidth * 1.5), MOST_ROW)
    if (itemWidth >= LEAST_CELL && (best === null || side({ itemWidth, rowHeight }) > side(best)))
      best = { itemWidth, rowHeight }
  }
  return best
}

function side(fit: GridFit): number {
  return Math.min(fit.itemWidth, fit.rowHeight)
}

/** Very many: buckets in rows that are high enough for stacked shares. */
function fitBuckets(shape: GridShape, box: GridBox): GridFit {
  let bands = 1
  while (rowHeightFor(bands + 1, 'ticks', { shape, box }) >= LEAST_BUCKET_ROW) bands++
  const rowHeight = Math.max(LEAST_CELL, Math.min(MOST_ROW, rowHeightFor(bands, 'ticks', { shape, box })))
  for (let bucket = BUCKET_FACTOR; ; bucket *= BUCKET_FACTOR) {
    const unitWidth = widthOver(Math.ceil(shape.items / bucket), bands, box)
    if (unitWidth >= LEAST_BUCKET_WIDTH || bucket > shape.items) return { itemWidth: unitWidth / bucket, rowHeight }
  }
}

interface Room {
  readonly shape: GridShape
  readonly box: GridBox
}

function rowHeightFor(bands: number, headerShows: GridLayout['headerShows'], { shape, box }: Room): number {
  if (headerShows === 'nothing') return Math.floor(box.height / (bands * (shape.stages + TINY_BAND_GAP)))
  const between = headerHeight(headerShows) + bandGap(NAMED_ROW)
  return Math.floor(((box.height + bandGap(NAMED_ROW)) / bands - between) / shape.stages)
}

function widthOver(units: number, bands: number, box: GridBox): number {
  return Math.floor(plotWidth(box) / Math.ceil(units / bands))
}

function plotWidth(box: GridBox): number {
  return Math.max(1, box.width - box.gutter)
}

function headerHeight(headerShows: GridLayout['headerShows']): number {
  return headerShows === 'names' ? NAMES_HEADER : headerShows === 'ticks' ? TICKS_HEADER : 0
}

/** In rows: what separates two bands of low rows. */
const TINY_BAND_GAP = 0.8

function bandGap(rowHeight: number): number {
  return rowHeight >= NAMED_ROW ? 10 : Math.max(2, Math.floor(rowHeight * TINY_BAND_GAP))
}

/** The smallest bucket that can be seen at this zoom. */
function bucketAt(itemWidth: number): number {
  // A hair below the least width still counts: the fit's own width comes back from a division.
  if (itemWidth >= LEAST_CELL - 1e-6) return 1
  let bucket = BUCKET_FACTOR
  while (itemWidth * bucket < LEAST_BUCKET_WIDTH - 1e-6 && bucket < 2 ** 40) bucket *= BUCKET_FACTOR
  return bucket
}

export function layoutGrid(shape: GridShape, box: GridBox, view: GridView): GridLayout {
  const fit = fitGrid(shape, box)
  const bucket = bucketAt(view.itemWidth)
  const unitWidth = Math.max(LEAST_CELL, Math.floor(view.itemWidth * bucket + 1e-6))
  const wanted = rowHeightAt(unitWidth, bucket, fit)
  const headerShows = wanted < NAMED_ROW ? 'nothing' : bucket === 1 && unitWidth >= NAME_WIDTH ? 'names' : 'ticks'
  const header = headerHeight(headerShows)
  const gap = bandGap(wanted)
  const room = { room: box.height + gap, between: header + gap, stages: shape.stages }
  const rowHeight = wanted > fit.rowHeight ? squeezed(wanted, room) : wanted
  const tight = header + shape.stages * rowHeight + gap
  const bands = Math.max(1, Math.floor((box.height + gap) / tight))
  const perBand = Math.max(1, Math.floor(plotWidth(box) / unitWidth))
  const units = Math.ceil(shape.items / bucket)
  const bandHeight =
    tight + spareForBand({ height: box.height + gap, tight, bands: Math.ceil(units / perBand), most: 1.5 * rowHeight })
  const firstUnit = Math.max(0, Math.min(Math.floor(view.first / bucket), units - perBand * bands))
  return {
    shape,
    bucket,
    units,
    firstUnit,
    unitWidth,
    rowHeight,
    gap: unitWidth >= GAP_FROM && rowHeight >= GAP_FROM ? 1 : 0,
    left: box.gutter,
    header,
    headerShows,
    bandHeight,
    bands,
    perBand,
  }
}

/** A little lower, where one more band fits in by that. */
function squeezed(
  wanted: number,
  { room, between, stages }: { room: number; between: number; stages: number },
): number {
  if (wanted < NAMED_ROW) return wanted
  const bands = Math.floor(room / (between + stages * wanted))
  const lower = Math.floor((room / (bands + 1) - between) / stages)
  return lower >= wanted * LEAST_SQUEEZE && lower >= NAMED_ROW ? lower : wanted
}

/** Where everything is in sight and height is left, the bands stand further apart. */
function spareForBand({
  height,
  tight,
  bands,
  most,
}: {
  height: number
  tight: number
  bands: number
  most: number
}): number {
  return Math.max(0, Math.min(Math.floor(most), Math.floor(height / Math.max(1, bands)) - tight))
}

/** Rows grow with the columns from the fit on, keeping its proportions up to square, until a cell has room for words. */
function rowHeightAt(unitWidth: number, bucket: number, fit: GridFit): number {
  if (bucket > 1) return fit.rowHeight
  const proportion = Math.min(1, fit.rowHeight / fit.itemWidth)
  return Math.max(fit.rowHeight, Math.min(MOST_ROW, Math.floor(unitWidth * proportion)))
}

/** How far one can zoom in and out. */
export function zoomRange(shape: GridShape, box: GridBox): { readonly least: number; readonly most: number } {
  const least = fitGrid(shape, box).itemWidth
  return { least, most: Math.max(least, Math.min(MOST_ITEM_WIDTH, plotWidth(box))) }
}

/** Units in sight at once. */
export function capacity(layout: GridLayout): number {
  return layout.perBand * layout.bands
}

/** One behind the last unit in sight. */
export function endUnit(layout: GridLayout): number {
  return Math.min(layout.units, layout.firstUnit + capacity(layout))
}
