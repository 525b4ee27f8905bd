import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconClipboardText, IconFolderSearch, IconWorld } from '@tabler/icons-react'
import { useState } from 'react'
import type { Source } from '../../../shared/source.ts'
import { usePathPicker } from '../../ui/usePathPicker.tsx'
import { PasteDialog } from './PasteDialog.tsx'
import type { Pasted } from './pastedItems.ts'

interface MoreSourcesProps {
  readonly hasDialogs: boolean
  readonly onSource: (source: Source) => void
}

const icon = { size: 16, stroke: 1.5 }

/** What is no file or folder that stands there: one that grows, addresses, texts. */
export function MoreSources({ hasDialogs, onSource }: MoreSourcesProps) {
  const [pasting, setPasting] = useState<Pasted | null>(null)
  const watched = usePathPicker({
    title: 'Choose a folder to watch',
    what: 'folder',
    hasDialogs,
    onPick: (path) => onSource({ watch: path }),
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={14} stroke={1.5} />}>More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolderSearch {...icon} />} onClick={watched.open}>
            Watch a folder…
          </Menu.Item>
          <Menu.Item leftSection={<IconWorld {...icon} />} onClick={() => setPasting('urls')}>
            Web addresses…
          </Menu.Item>
          <Menu.Item leftSection={<IconClipboardText {...icon} />} onClick={() => setPasting('text')}>
            Texts…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {watched.element}
      <PasteDialog what={pasting} onSource={onSource} onClose={() => setPasting(null)} />
    </>
  )
}
