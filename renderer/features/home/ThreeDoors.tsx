import { IconFileImport, IconPencilPlus, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { HostInfo } from '../../../shared/api.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { usePathPicker } from '../../ui/usePathPicker.tsx'
import { addExamples, createChain } from './chainCommands.tsx'
import { chainNameOf, sourceOf } from './sourceOf.ts'
import classes from './ThreeDoors.module.css'

/** The first start: three ways in, each of which ends on the canvas. */
export function ThreeDoors({ info }: { readonly info: HostInfo }) {
  const picker = usePathPicker({
    title: 'What should be worked through?',
    what: 'either',
    endings: ['.csv', '.jsonl'],
    hasDialogs: info.has.dialogs,
    onPick: (path) => void createChain(chainNameOf(path), sourceOf(path)),
  })
  return (
    <div className={classes.root}>
      <p className={classes.lead}>There is no chain in this workspace yet. Three ways to begin:</p>
      <Door
        icon={<IconPlayerPlay size={24} stroke={1.5} />}
        title="Start from the examples"
        onOpen={() => void addExamples(info.workspace.path)}
      >
        Three chains with sample files, put into this workspace. They run at once: no key, no network, play money.
      </Door>
      <Door icon={<IconFileImport size={24} stroke={1.5} />} title="Choose your own files" onOpen={picker.open}>
        A folder of texts, a CSV or a JSONL file. Each file or row becomes an item of a new chain.
      </Door>
      <Door
        icon={<IconPencilPlus size={24} stroke={1.5} />}
        title="Draw a new chain"
        onOpen={() => useViewStore.getState().showDialog('newChain')}
      >
        One stage to begin with, and the canvas to add more. The source can come later.
      </Door>
      {picker.element}
    </div>
  )
}

interface DoorProps {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  readonly onOpen: () => void
}

function Door({ icon, title, children, onOpen }: DoorProps) {
  return (
    <button type="button" className={classes.door} onClick={onOpen}>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.title}>{title}</span>
      <span className="quiet">{children}</span>
    </button>
  )
}
