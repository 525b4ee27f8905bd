import { Anchor, Breadcrumbs, Button, Group, Modal, ScrollArea, Text } from '@mantine/core'
import { IconArrowUp, IconFile, IconFolder } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Reply } from '../../shared/api.ts'
import { formatBytes } from '../../shared/format.ts'
import { host } from '../lib/host.ts'
import { ApiErrorNotice } from './ApiErrorNotice.tsx'
import { EmptyState } from './EmptyState.tsx'
import { FileName } from './FileName.tsx'
import classes from './PathPicker.module.css'
import { ScreenLoading } from './ScreenLoading.tsx'

export interface PathPickerProps {
  readonly isOpen: boolean
  readonly title: string
  /** What may be chosen; the other kind is still shown, to find one's way by. */
  readonly what: 'folder' | 'file' | 'either'
  /** Of files, those whose name ends so may be chosen: `['.csv', '.jsonl']`. */
  readonly endings?: readonly string[]
  readonly onPick: (path: string) => void
  readonly onClose: () => void
}

const HINTS: Record<PathPickerProps['what'], string> = {
  folder: 'Click a folder to look into it.',
  file: 'Click a file to choose it.',
  either: 'Click a folder to look into it, a file to choose it.',
}

interface Answer {
  readonly path: string | null
  readonly reply: Reply<'files.list'>
}

/** Choosing a folder or file where the host has no dialog of its own. Begins in the workspace. */
export function PathPicker(props: PathPickerProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={<strong>{props.title}</strong>} size="lg">
      {props.isOpen && <Chooser {...props} />}
    </Modal>
  )
}

function Chooser({ what, endings, onPick, onClose }: PathPickerProps) {
  const [path, setPath] = useState<string | null>(null)
  const [answer, setAnswer] = useState<Answer | null>(null)

  useEffect(() => {
    let isCurrent = true
    void host.call('files.list', { path }).then((reply) => {
      if (isCurrent) setAnswer({ path, reply })
    })
    return () => {
      isCurrent = false
    }
  }, [path])

  // An answer to another question is none: the list is on its way.
  const reply = answer !== null && answer.path === path ? answer.reply : null
  const listing = reply?.ok ? reply.value : null
  const pick = (chosen: string) => {
    onPick(chosen)
    onClose()
  }
  const mayPick = (name: string) =>
    what !== 'folder' && (endings === undefined || endings.some((ending) => name.toLowerCase().endsWith(ending)))

  return (
    <>
      <Group gap="sm" mb="sm" wrap="nowrap">
        <Button
          size="xs"
          leftSection={<IconArrowUp size={14} stroke={1.5} />}
          disabled={listing?.parent == null}
          onClick={() => setPath(listing?.parent ?? null)}
        >
          Up
        </Button>
        <Breadcrumbs className={classes.crumbs ?? ''}>
          <Anchor component="button" type="button" onClick={() => setPath(null)}>
            Workspace
          </Anchor>
          {listing !== null && listing.path !== '' && <FileName path={listing.path} />}
        </Breadcrumbs>
      </Group>
      <ScrollArea h={320} className={classes.list ?? ''}>
        {reply === null && <ScreenLoading />}
        {reply?.ok === false && <ApiErrorNotice error={reply.error} onRetry={() => setPath(null)} />}
        {listing?.entries.length === 0 && <EmptyState title="This folder is empty" />}
        {listing?.entries.map((entry) => (
          <button
            key={entry.path}
            type="button"
            className={classes.entry}
            disabled={entry.kind === 'file' && !mayPick(entry.name)}
            onClick={() => (entry.kind === 'folder' ? setPath(entry.path) : pick(entry.path))}
          >
            {entry.kind === 'folder' ? <IconFolder size={16} stroke={1.5} /> : <IconFile size={16} stroke={1.5} />}
            <FileName path={entry.name} />
            {entry.bytes !== null && <span className={classes.size}>{formatBytes(entry.bytes)}</span>}
          </button>
        ))}
      </ScrollArea>
      <Group justify="space-between" mt="md">
        <Text size="sm" c="dimmed">
          {HINTS[what]}
        </Text>
        {what !== 'file' && (
          <Button
            variant="filled"
            size="md"
            disabled={listing === null}
            onClick={() => listing !== null && pick(listing.path === '' ? '.' : listing.path)}
          >
            Choose this folder
          </Button>
        )}
      </Group>
    </>
  )
}
