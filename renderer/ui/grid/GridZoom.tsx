import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import classes from './GridZoom.module.css'
import { zoomRange } from './gridLayout.ts'
import { zoomView } from './gridView.ts'
import type { GridViewState } from './useGridView.ts'

const STEP = 2

/** Zooming for those who have no wheel, and a way back to everything. */
export function GridZoom({ state: { shape, box, view, change } }: { readonly state: GridViewState }) {
  const { least, most } = zoomRange(shape, box)
  const at = { x: box.gutter + (box.width - box.gutter) / 2, y: box.height / 2 }
  const zoom = (factor: number): void => change((view) => zoomView(view, { shape, box }, { factor, at }))
  return (
    <div className={classes.root}>
      <Tooltip label="Zoom out  −">
        <ActionIcon size="xs" aria-label="Zoom out" disabled={view.itemWidth <= least} onClick={() => zoom(1 / STEP)}>
          <IconMinus size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Show everything  0">
        <ActionIcon
          size="xs"
          aria-label="Show everything"
          disabled={view.itemWidth <= least}
          onClick={() => change(null)}
        >
          <IconArrowsMaximize size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Zoom in  +">
        <ActionIcon size="xs" aria-label="Zoom in" disabled={view.itemWidth >= most} onClick={() => zoom(STEP)}>
          <IconPlus size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
