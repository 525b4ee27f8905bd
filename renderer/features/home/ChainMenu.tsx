import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import type { ChainEntry } from '../../../shared/api.ts'
import { duplicateChain, removeChain } from './chainCommands.tsx'

interface ChainMenuProps {
  readonly chain: ChainEntry
  readonly onRename: () => void
}

export function ChainMenu({ chain, onRename }: ChainMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More for ${chain.name}`}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} />} onClick={onRename}>
          Rename…
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.5} />} onClick={() => void duplicateChain(chain)}>
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} stroke={1.5} />} onClick={() => void removeChain(chain)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
