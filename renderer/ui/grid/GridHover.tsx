import { CELL_STATES, cellState } from '../../../shared/cell.ts'
import { formatCount } from '../../../shared/format.ts'
import { StateGlyph } from '../StateGlyph.tsx'
import classes from './GridHover.module.css'
import type { GridHit, Point } from './gridHit.ts'
import type { GridLayout } from './gridLayout.ts'
import type { GridModel } from './gridModel.ts'
import { bucketCounts } from './statePyramid.ts'

interface GridHoverProps {
  readonly hit: GridHit
  /** The pointer, CSS pixels within the grid. */
  readonly at: Point
  readonly model: GridModel
  readonly layout: GridLayout
  readonly stages: readonly string[]
  readonly keyOf: (item: number) => string | null
  /** Of the grid, so that the card stays within it. */
  readonly width: number
  readonly height: number
}

const CARD_WIDTH = 236
const CARD_HEIGHT = 132
const OFFSET = 14

/** What the pointer is on: an item's cell, or a bucket with its range and its counts. */
export function GridHover({ hit, at, model, layout, stages, keyOf, width, height }: GridHoverProps) {
  const left = at.x + OFFSET + CARD_WIDTH > width ? at.x - OFFSET - CARD_WIDTH : at.x + OFFSET
  const top = at.y + OFFSET + CARD_HEIGHT > height ? Math.max(0, at.y - OFFSET - CARD_HEIGHT) : at.y + OFFSET
  const counts = bucketCounts(model.pyramid, { bucket: layout.bucket, unit: hit.unit, stage: hit.stage })
  const isCell = layout.bucket === 1
  return (
    <div className={classes.card} style={{ left, top, width: CARD_WIDTH }}>
      <div className={classes.title}>
        {isCell
          ? (keyOf(hit.from) ?? `Item ${formatCount(hit.from + 1)}`)
          : `Items ${formatCount(hit.from + 1)} – ${formatCount(hit.to)}`}
      </div>
      <div className={classes.stage}>
        <span className="mono">{stages[hit.stage]}</span>
        {isCell && <StateGlyph state={cellState(counts.findIndex((count) => count > 0))} withWord />}
        {isCell && <span className={classes.number}>#{formatCount(hit.from + 1)}</span>}
      </div>
      {!isCell &&
        CELL_STATES.map((state, code) => {
          const count = counts[code] ?? 0
          if (count === 0) return null
          return (
            <div key={state} className={classes.count}>
              <StateGlyph state={state} withWord />
              <span className="tabular">{formatCount(count)}</span>
            </div>
          )
        })}
      {!isCell && <div className={classes.hint}>Click to go closer</div>}
    </div>
  )
}
