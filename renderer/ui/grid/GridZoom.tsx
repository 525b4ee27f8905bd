import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import classes from './GridZoom.module.css'
import { zoomRange } from './gridLayout.ts'
import { zoomView } from './gridView.ts'
import type { GridViewState } from './useGridView.ts'

const STEP = 2

/** Zooming for those who have no wheel, and a way back to everything; of several grids, all at once. */
export function GridZoom({ states }: { readonly states: readonly GridViewState[] }) {
  const isLeast = states.every(({ shape, box, view }) => view.itemWidth <= zoomRange(shape, box).least)
  const isMost = states.every(({ shape, box, view }) => view.itemWidth >= zoomRange(shape, box).most)
  const zoom = (factor: number): void => {
    for (const { shape, box, change } of states) {
      const at = { x: box.gutter + (box.width - box.gutter) / 2, y: box.height / 2 }
      change((view) => zoomView(view, { shape, box }, { factor, at }))
    }
  }
  const showAll = (): void => {
    for (const { change } of states) change(null)
  }
  return (
    <div className={classes.root}>
      <Tooltip label="Zoom out  −">
        <ActionIcon size="xs" aria-label="Zoom out" disabled={isLeast} onClick={() => zoom(1 / STEP)}>
          <IconMinus size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Show everything  0">
        <ActionIcon size="xs" aria-label="Show everything" disabled={isLeast} onClick={showAll}>
          <IconArrowsMaximize size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Zoom in  +">
        <ActionIcon size="xs" aria-label="Zoom in" disabled={isMost} onClick={() => zoom(STEP)}>
          <IconPlus size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
