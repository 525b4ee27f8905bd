import { useEffect, useMemo } from 'react'
import { createGridModel, type GridModel } from './gridModel.ts'

interface GridData {
  readonly items: number
  readonly stages: number
  /** `items × stages` codes (shared/cell.ts), a row an item; may still be shorter. */
  readonly states: Uint8Array
  /** Moves on whenever bytes within `states` changed: the array may be the same. */
  readonly version: number
}

export function useGridModel({ items, stages, states, version }: GridData): GridModel {
  const model = useMemo(() => createGridModel(items, stages), [items, stages])
  useEffect(() => model.follow(states, version), [model, states, version])
  return model
}
