import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconCopy,
  IconFileText,
  IconFlag,
  IconInbox,
  IconStack2,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import type { StageKind } from '../../../../shared/stages.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { STAGE_ICONS } from '../canvas/nodeIcons.tsx'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { duplicateSelection, removeStages } from '../commands/stageCommands.ts'
import { ChainForm } from './ChainForm.tsx'
import { OutputForm } from './ends/OutputForm.tsx'
import { SourceForm } from './ends/SourceForm.tsx'
import classes from './inspector.module.css'
import { SelectionForm } from './SelectionForm.tsx'
import { StageForm } from './StageForm.tsx'

const KIND_WORDS: Readonly<Record<StageKind, string>> = {
  model: 'Model',
  transform: 'Transform',
  chunk: 'Chunk',
  map: 'Map',
  gather: 'Gather',
  fetch: 'Fetch',
  chain: 'Chain',
}

/** The form of what is selected: a stage, the source, the result, several stages, or the chain itself. */
export function Inspector() {
  const selected = useViewStore((state) => state.selectedStages)
  const chain = useChainStore((state) => state.good?.chain)
  const placed = useMemo(() => (chain === undefined ? [] : allStages(chain)), [chain])
  const ids = selected.filter((id) => placed.some((each) => each.id === id))
  const [first] = ids
  if (selected.length === 1 && selected[0] === SOURCE_NODE)
    return (
      <Frame key={SOURCE_NODE} icon={IconInbox} title="Source">
        <SourceForm />
      </Frame>
    )
  if (selected.length === 1 && selected[0] === OUTPUT_NODE)
    return (
      <Frame key={OUTPUT_NODE} icon={IconFlag} title="Result">
        <OutputForm />
      </Frame>
    )
  if (ids.length > 1)
    return (
      <Frame key="selection" icon={IconStack2} title={`${ids.length} stages`}>
        <SelectionForm ids={ids} />
      </Frame>
    )
  const stage = placed.find(({ id }) => id === first)?.stage
  if (first === undefined || stage === undefined)
    return (
      <Frame key="chain" icon={IconFileText} title="Chain">
        <ChainForm />
      </Frame>
    )
  return (
    <Frame
      key={first}
      icon={STAGE_ICONS[stage.kind]}
      title={`${KIND_WORDS[stage.kind]}: ${first}`}
      actions={<StageActions id={first} />}
    >
      <StageForm stage={first} kind={stage.kind} />
    </Frame>
  )
}

interface FrameProps {
  readonly icon: TablerIcon
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

function Frame({ icon: Icon, title, actions, children }: FrameProps) {
  return (
    <aside className={classes.root} aria-label={`Inspector: ${title}`}>
      <header className={classes.head}>
        <Icon size={16} stroke={1.5} className={classes.headIcon} aria-hidden />
        <h2 className={classes.headTitle}>{title}</h2>
        {actions}
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}

function StageActions({ id }: { readonly id: string }) {
  return (
    <>
      <Tooltip label="Duplicate (Ctrl+D)">
        <ActionIcon aria-label={`Duplicate ${id}`} onClick={duplicateSelection}>
          <IconCopy size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete (Del)">
        <ActionIcon aria-label={`Delete ${id}`} onClick={() => removeStages([id])}>
          <IconTrash size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
