import { useEffect, useMemo } from 'react'
import { createGridModel, type GridModel } from './gridModel.ts'

interface GridData {
  readonly items: number
  readonly stages: number
  /** `items × stages` codes (shared/cell.ts), a row an item; may still be shorter. */
  readonly states: Uint8Array
  /** Moves on whenever `states` changed. */
  readonly version: number
}

export function useGridModel({ items, stages, states, version }: GridData): GridModel {
  const model = useMemo(() => createGridModel(items, stages), [items, stages])
  // `version` says that the bytes within `states` are others, although the array may be the same.
  useEffect(() => model.follow(states), [model, states, version])
  return model
}
