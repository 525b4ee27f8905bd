import { useSyncExternalStore } from 'react'
import type { CellState } from '../../../shared/cell.ts'
import { GridLegend } from './GridLegend.tsx'
import type { GridModel } from './gridModel.ts'

interface ModelLegendProps {
  readonly model: GridModel
  readonly shown: ReadonlySet<CellState> | null
  readonly onShow: (shown: ReadonlySet<CellState> | null) => void
}

/** The legend of one grid, counting as its cells change. */
export function ModelLegend({ model, shown, onShow }: ModelLegendProps) {
  const totals = useSyncExternalStore(model.listen, model.totals)
  return <GridLegend totals={totals} shown={shown} onShow={onShow} />
}
