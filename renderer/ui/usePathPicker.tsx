import { type ReactNode, useState } from 'react'
import { callOrNotify } from '../lib/callOrNotify.ts'
import { PathPicker, type PathPickerProps } from './PathPicker.tsx'

interface PathPickerOptions extends Pick<PathPickerProps, 'title' | 'what' | 'onPick'> {
  readonly endings?: readonly string[]
  /** `HostInfo.has.dialogs`: the system's own dialog is used then. */
  readonly hasDialogs: boolean
}

interface UsedPathPicker {
  readonly open: () => void
  /** Our own picker is on the screen. */
  readonly isOpen: boolean
  readonly element: ReactNode
}

/** Choosing a path the way the host does it. Place `element` once, call `open` from a button. */
export function usePathPicker(options: PathPickerOptions): UsedPathPicker {
  const [isOpen, setOpen] = useState(false)
  const { hasDialogs, what, onPick, ...rest } = options

  async function askSystem(): Promise<void> {
    const picked = await callOrNotify('shell.pick', { what: what === 'file' ? 'file' : 'folder' })
    if (picked?.path != null) onPick(picked.path)
  }
  return {
    isOpen,
    open: () => (hasDialogs ? void askSystem() : setOpen(true)),
    element: <PathPicker {...rest} what={what} onPick={onPick} isOpen={isOpen} onClose={() => setOpen(false)} />,
  }
}
