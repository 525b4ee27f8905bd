import { useEffect } from 'react'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { PathPicker } from '../../ui/PathPicker.tsx'
import { openWorkspace } from './chainCommands.tsx'
import { NewChainDialog } from './NewChainDialog.tsx'

/** What the menu can open on every screen. */
export function HomeDialogs() {
  const dialog = useViewStore((state) => state.dialog)
  const hasDialogs = useHostStore((state) => state.info?.has.dialogs ?? false)
  const close = () => useViewStore.getState().showDialog(null)
  const usesSystem = dialog === 'openWorkspace' && hasDialogs

  useEffect(() => {
    if (!usesSystem) return
    useViewStore.getState().showDialog(null)
    void askSystem()
  }, [usesSystem])

  return (
    <>
      {dialog === 'newChain' && <NewChainDialog onClose={close} />}
      <PathPicker
        isOpen={dialog === 'openWorkspace' && !hasDialogs}
        title="Open a folder as workspace"
        what="folder"
        onPick={(path) => void openWorkspace(path)}
        onClose={close}
      />
    </>
  )
}

async function askSystem(): Promise<void> {
  const picked = await callOrNotify('shell.pick', { what: 'workspace' })
  if (picked?.path != null) await openWorkspace(picked.path)
}
