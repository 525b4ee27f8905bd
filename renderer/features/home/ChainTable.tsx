import { Table, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { ChainEntry } from '../../../shared/api.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { ChainMenu } from './ChainMenu.tsx'
import classes from './ChainTable.module.css'
import { openChain } from './chainCommands.tsx'
import { RenameDialog } from './RenameDialog.tsx'

/** The chains, the one changed last on top. A row opens its chain. */
export function ChainTable({ chains }: { readonly chains: readonly ChainEntry[] }) {
  const [renaming, setRenaming] = useState<ChainEntry | null>(null)
  const sorted = [...chains].sort((a, b) => b.modifiedAt - a.modifiedAt)
  return (
    <>
      <div className={classes.frame}>
        <Table className={classes.table ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Chain</Table.Th>
              <Table.Th className={classes.number ?? ''}>Stages</Table.Th>
              <Table.Th>Problems</Table.Th>
              <Table.Th>Changed</Table.Th>
              <Table.Th>
                <VisuallyHidden>More</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map((chain) => (
              <Table.Tr key={chain.file} className={classes.row ?? ''} onClick={() => void openChain(chain.file)}>
                <Table.Td className={classes.chain ?? ''}>
                  <button type="button" className={classes.name}>
                    {chain.name}
                  </button>
                  <div className={classes.description}>{chain.description ?? chain.file}</div>
                </Table.Td>
                <Table.Td className={classes.number ?? ''}>{chain.stages}</Table.Td>
                <Table.Td className={chain.errors > 0 ? (classes.errors ?? '') : 'quiet'}>
                  {chain.errors === 0 ? 'none' : chain.errors === 1 ? '✕ 1 error' : `✕ ${chain.errors} errors`}
                </Table.Td>
                <Table.Td className={classes.when ?? ''}>
                  <RelativeTime at={chain.modifiedAt} />
                </Table.Td>
                <Table.Td className={classes.more ?? ''} onClick={(event) => event.stopPropagation()}>
                  <ChainMenu chain={chain} onRename={() => setRenaming(chain)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <RenameDialog chain={renaming} onClose={() => setRenaming(null)} />
    </>
  )
}
