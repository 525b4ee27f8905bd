import { type RefObject, useEffect, useRef } from 'react'
import type { GridModel } from './gridModel.ts'
import { createGridPainter, type GridPainter, type GridScene } from './gridPainter.ts'

/** Keeps a canvas showing a scene, and what changes in its cells. `scene` null: nothing to show yet. */
export function useGridPainter(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: GridScene | null,
  model: GridModel,
): void {
  const painter = useRef<GridPainter | null>(null)
  useEffect(() => {
    if (canvas.current === null) return
    const opened = createGridPainter(canvas.current)
    painter.current = opened
    return () => {
      opened.close()
      painter.current = null
    }
  }, [canvas])
  useEffect(() => {
    if (scene !== null) painter.current?.show(scene)
  }, [scene])
  useEffect(() => model.listen((cells) => painter.current?.changed(cells)), [model])
}
