import { ActionIcon, Menu } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { allStages } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { useFlowStore } from '../canvas/flowStore.ts'
import { OUTPUT_NODE, RESULT_HANDLE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { connect, disconnect, wireRefusal } from '../commands/wireCommands.ts'
import classes from './inspector.module.css'

/** What comes into a node, and what else could: the wires without a pointer. */
export function WiresField({ node }: { readonly node: string }) {
  const edges = useFlowStore((state) => state.edges)
  const chain = useChainStore((state) => state.good?.chain)
  const into = edges.filter((edge) => edge.target === node && edge.targetHandle !== RESULT_HANDLE)
  const sources = [SOURCE_NODE, ...(chain === undefined ? [] : allStages(chain).map(({ id }) => id))]
  return (
    <FieldFrame label="Gets">
      <div className={classes.wires}>
        {into.map(({ id, source, target, data }) => (
          <span key={id} className={classes.wire} title={data?.label}>
            <span>
              {source === SOURCE_NODE ? 'item' : source}
              {data !== undefined &&
                data.kind !== 'implied' &&
                !data.label.startsWith('the whole') &&
                `: ${data.label}`}
            </span>
            {data?.kind === 'implied' || data?.kind === 'lane' ? (
              <span style={{ width: 6 }} />
            ) : (
              <ActionIcon
                size={18}
                aria-label={`Take the wire from ${source === SOURCE_NODE ? 'the source' : source} out`}
                onClick={() => disconnect([{ source, target }])}
              >
                <IconX size={12} stroke={1.5} />
              </ActionIcon>
            )}
          </span>
        ))}
        {into.length === 0 && <span className={classes.quiet}>nothing yet</span>}
        {sources.some((source) => isOpen(source, node)) && (
          <Menu>
            <Menu.Target>
              <ActionIcon
                size={24}
                aria-label={node === OUTPUT_NODE ? 'Add to the result' : 'Connect something to this stage'}
              >
                <IconPlus size={14} stroke={1.5} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
              <OpenSources sources={sources} node={node} />
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </FieldFrame>
  )
}

/** Worked out when the menu opens: whether a wire may be drawn takes a look at the whole chain. */
function OpenSources({ sources, node }: { readonly sources: readonly string[]; readonly node: string }) {
  return sources
    .filter((source) => isOpen(source, node))
    .map((source) => (
      <Menu.Item key={source} onClick={() => connect({ source, target: node })}>
        {source === SOURCE_NODE ? 'item (the source)' : source}
      </Menu.Item>
    ))
}

function isOpen(source: string, target: string): boolean {
  return wireRefusal({ source, target }) === null
}
