import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconExternalLink, IconFolder, IconFolderOpen } from '@tabler/icons-react'
import type { HostInfo } from '../../../shared/api.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { openWorkspace } from './chainCommands.tsx'

/** The folders worked in lately, and any other one. */
export function WorkspaceMenu({ info }: { readonly info: HostInfo }) {
  const others = info.recentWorkspaces.filter(({ path }) => path !== info.workspace.path)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="md" rightSection={<IconChevronDown size={16} stroke={1.5} />}>
          Workspace
        </Button>
      </Menu.Target>
      <Menu.Dropdown maw={360}>
        <Menu.Item
          leftSection={<IconFolderOpen size={16} stroke={1.5} />}
          onClick={() => useViewStore.getState().showDialog('openWorkspace')}
        >
          Open another folder…
        </Menu.Item>
        {info.has.reveal && (
          <Menu.Item
            leftSection={<IconExternalLink size={16} stroke={1.5} />}
            onClick={() => void callOrNotify('shell.reveal', { path: info.workspace.path })}
          >
            Show this folder on the computer
          </Menu.Item>
        )}
        {others.length > 0 && <Menu.Label>Lately</Menu.Label>}
        {others.map(({ name, path }) => (
          <Menu.Item
            key={path}
            leftSection={<IconFolder size={16} stroke={1.5} />}
            onClick={() => void openWorkspace(path)}
          >
            {name}
            <div className="quiet truncate">{path}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
