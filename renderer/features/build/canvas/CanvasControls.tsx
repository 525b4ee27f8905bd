import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconMinus, IconPlus, IconSitemap } from '@tabler/icons-react'
import { type FitViewOptions, Panel, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react'
import type { ReactNode } from 'react'
import { tidyUp } from '../commands/layoutCommands.ts'
import classes from './Canvas.module.css'

const selectPercent = ({ transform: [, , zoom] }: ReactFlowState): number => Math.round(zoom * 100)

/** Zoom, fit and tidy, in the lower left corner. */
export function CanvasControls({ fit }: { readonly fit: FitViewOptions }) {
  const flow = useReactFlow()
  // Not the whole viewport: dragging the canvas changes that with every frame.
  const percent = useStore(selectPercent)
  return (
    <Panel position="bottom-left">
      <div className={classes.controls} role="toolbar" aria-label="Canvas view">
        <Control label="Zoom out (−)" onClick={() => void flow.zoomOut()}>
          <IconMinus size={16} stroke={1.5} />
        </Control>
        <Tooltip label="100 % (0)">
          <button type="button" className={classes.zoom} onClick={() => void flow.zoomTo(1)}>
            {percent} %
          </button>
        </Tooltip>
        <Control label="Zoom in (+)" onClick={() => void flow.zoomIn()}>
          <IconPlus size={16} stroke={1.5} />
        </Control>
        <Control label="Show the whole chain (F)" onClick={() => void flow.fitView(fit)}>
          <IconArrowsMaximize size={16} stroke={1.5} />
        </Control>
        <Control label="Tidy up (Shift+Alt+T)" onClick={tidyUp}>
          <IconSitemap size={16} stroke={1.5} />
        </Control>
      </div>
    </Panel>
  )
}

function Control({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
