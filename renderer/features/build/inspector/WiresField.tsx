import { ActionIcon, Menu } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { allStages } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useFlowStore } from '../canvas/flowStore.ts'
import { OUTPUT_NODE, RESULT_HANDLE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { connect, disconnect, wireRefusal } from '../commands/wireCommands.ts'
import { FieldFrame } from './FieldFrame.tsx'
import classes from './inspector.module.css'

/** What comes into a node, and what else could: the wires without a pointer. */
export function WiresField({ node }: { readonly node: string }) {
  const edges = useFlowStore((state) => state.edges)
  const chain = useChainStore((state) => state.good?.chain)
  const into = edges.filter((edge) => edge.target === node && edge.targetHandle !== RESULT_HANDLE)
  const stages = chain === undefined ? [] : allStages(chain).map(({ id }) => id)
  const open = [SOURCE_NODE, ...stages].filter((id) => wireRefusal({ source: id, target: node }) === null)
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
        {open.length > 0 && (
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
              {open.map((id) => (
                <Menu.Item key={id} onClick={() => connect({ source: id, target: node })}>
                  {id === SOURCE_NODE ? 'item (the source)' : id}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </FieldFrame>
  )
}
