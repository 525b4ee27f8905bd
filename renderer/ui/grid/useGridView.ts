import { useCallback, useMemo, useState } from 'react'
import { type GridBox, type GridLayout, type GridShape, type GridView, layoutGrid } from './gridLayout.ts'
import { fitView } from './gridView.ts'

export interface GridViewState {
  readonly shape: GridShape
  readonly box: GridBox
  readonly view: GridView
  readonly layout: GridLayout
  /** Changes the view by a function of the present one; null: everything in sight, also when the window changes. */
  readonly change: (next: ((view: GridView) => GridView) | null) => void
}

/** Where the person has zoomed and panned to. Starts with everything in sight; the same object until something moves. */
export function useGridView(shape: GridShape, box: GridBox): GridViewState {
  const [chosen, setChosen] = useState<GridView | null>(null)
  const fit = useMemo(() => fitView({ shape, box }), [shape, box])
  // A window that grew, or new items, may show more than was chosen: the fit is the least zoom there is.
  const view = chosen === null || chosen.itemWidth <= fit.itemWidth ? fit : chosen
  const layout = useMemo(() => layoutGrid(shape, box, view), [shape, box, view])
  const change = useCallback<GridViewState['change']>(
    (next) =>
      setChosen((current) => {
        if (next === null) return null
        const before = current ?? fit
        const after = next(before)
        // Nothing moved: what fitted the window goes on fitting it.
        return after === before ? current : after
      }),
    [fit],
  )
  return useMemo(() => ({ shape, box, view, layout, change }), [shape, box, view, layout, change])
}
