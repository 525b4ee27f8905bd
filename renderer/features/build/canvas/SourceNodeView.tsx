import type { TablerIcon } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { usePreviewStore } from '../preview/previewStore.ts'
import type { SourceNode } from './flowModel.ts'
import classes from './node.module.css'
import { NO_SOURCE_ICON, SOURCE_ICONS } from './nodeIcons.tsx'
import { ProblemMark } from './ProblemMark.tsx'
import { useWireState } from './useWireState.ts'

/** Where the items come from, on the canvas. */
export const SourceNodeView = memo(function SourceNodeView({ id, data, selected }: NodeProps<SourceNode>) {
  const { face } = data
  const Icon = face.kind === null ? NO_SOURCE_ICON : SOURCE_ICONS[face.kind]
  const wire = useWireState(id)
  return (
    <div className={classes.node} data-end data-selected={selected} data-wire={wire} data-empty={face.kind === null}>
      <div className={classes.title}>
        <Icon size={16} stroke={1.5} className={classes.icon} aria-hidden />
        <span className={classes.name} title={face.title}>
          {face.title}
        </span>
        <ProblemMark problems={face.problems} />
      </div>
      <div className={classes.does} title={face.does}>
        {face.does}
      </div>
      {face.lines.map(({ name, from, kind }) => (
        <SourceLine key={name} name={name} from={from} icon={SOURCE_ICONS[kind]} />
      ))}
      {face.kind !== null && <ItemCount />}
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </div>
  )
})

interface SourceLineProps {
  readonly name: string
  readonly from: string
  readonly icon: TablerIcon
}

/** One of several sources. */
function SourceLine({ name, from, icon: Icon }: SourceLineProps) {
  return (
    <div className={classes.line} title={from}>
      <Icon size={14} stroke={1.5} className={classes.icon} aria-hidden />
      <span className={classes.lineName}>{name}</span>
      <span className={classes.lineFrom}>{from}</span>
    </div>
  )
}

function ItemCount() {
  const preview = usePreviewStore((state) => state.preview)
  const hasSource = useChainStore((state) => state.good?.chain.source !== undefined)
  if (!hasSource || preview.status === 'none') return null
  return <div className={classes.foot}>{previewWords(preview)}</div>
}

function previewWords(preview: ReturnType<typeof usePreviewStore.getState>['preview']) {
  switch (preview.status) {
    case 'none':
      return null
    case 'loading':
      return <span>counting…</span>
    case 'failed':
      return <span style={{ color: 'var(--state-failed-text)' }}>cannot be read</span>
    case 'ready': {
      const { total, items } = preview.value
      const unreadable = items.filter((item) => item.problem !== null).length
      return (
        <>
          <span>{total === null ? 'not counted' : `${formatCount(total)} ${total === 1 ? 'item' : 'items'}`}</span>
          {unreadable > 0 && <span>{unreadable} cannot be read</span>}
        </>
      )
    }
  }
}
