import { useStore } from '@xyflow/react'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useFlowStore } from './flowStore.ts'
import classes from './lanes.module.css'
import { NODE_WIDTH } from './placeNodes.ts'
import { groupWords } from './stageWords.ts'

/** Where gathers turn items into groups: a line down the canvas through each of them, and what the stages on its sides run once for. */
export function LaneBorders() {
  const good = useChainStore((state) => state.good)
  const nodes = useFlowStore((state) => state.nodes)
  const [left, , zoom] = useStore((state) => state.transform)
  if (good === null || good.graph.lanes.length === 1) return null
  return good.graph.lanes.flatMap(({ ends }, index) => {
    const node = nodes.find(({ id }) => id === ends)
    const gather = ends === null ? undefined : good.chain.stages[ends]
    if (node === undefined || gather?.kind !== 'gather') return []
    const x = (node.position.x + NODE_WIDTH / 2) * zoom + left
    return (
      <div key={node.id} className={classes.border} style={{ transform: `translateX(${x}px)` }}>
        {index === 0 && (
          <span className={classes.label} data-side="before">
            each item
          </span>
        )}
        <span className={classes.label} data-side="after">
          {groupWords(gather)}
        </span>
      </div>
    )
  })
}
