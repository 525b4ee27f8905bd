import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCircleCheck,
  IconExclamationCircle,
  IconLayoutSidebar,
} from '@tabler/icons-react'
import { useChainStore } from '../../stores/chainStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import classes from './BuildScreen.module.css'

interface BuildBarProps {
  readonly hasPalette: boolean
  readonly hasProblems: boolean
  readonly onPalette: () => void
  readonly onProblems: () => void
}

/** Above the canvas: palette, undo, the choice of view, and how many problems there are. */
export function BuildBar({ hasPalette, hasProblems, onPalette, onProblems }: BuildBarProps) {
  const { canUndo, canRedo, undo, redo } = useChainStore()
  const { buildView, setBuildView } = useViewStore()
  return (
    <div className={classes.bar}>
      <Tooltip label={hasPalette ? 'Hide the palette' : 'Show the palette'}>
        <ActionIcon aria-label="Palette" aria-pressed={hasPalette} onClick={onPalette}>
          <IconLayoutSidebar size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Undo (Ctrl+Z)">
        <ActionIcon aria-label="Undo" disabled={!canUndo} onClick={undo}>
          <IconArrowBackUp size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl+Shift+Z)">
        <ActionIcon aria-label="Redo" disabled={!canRedo} onClick={redo}>
          <IconArrowForwardUp size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <div className={classes.gap} />
      <SegmentedControl
        aria-label="View"
        value={buildView}
        onChange={(view) => setBuildView(view === 'yaml' ? 'yaml' : 'canvas')}
        data={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'yaml', label: 'YAML' },
        ]}
      />
      <div className={classes.gap} />
      <ProblemsButton isOpen={hasProblems} onClick={onProblems} />
    </div>
  )
}

function ProblemsButton({ isOpen, onClick }: { readonly isOpen: boolean; readonly onClick: () => void }) {
  const problems = useChainStore((state) => state.parsed.problems)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const look = errors > 0 ? LOOKS.errors : warnings > 0 ? LOOKS.warnings : LOOKS.none
  const words = [plural(errors, 'error'), plural(warnings, 'warning')].filter((part) => part !== '').join(', ')
  const said = words === '' ? 'No problems' : words
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      aria-pressed={isOpen}
      aria-label={said}
      leftSection={<look.icon size={16} stroke={1.5} color={look.colour} />}
      onClick={onClick}
    >
      <span className={classes.problemWords}>{said}</span>
    </Button>
  )
}

const LOOKS = {
  errors: { icon: IconExclamationCircle, colour: 'var(--state-failed-text)' },
  warnings: { icon: IconAlertTriangle, colour: 'var(--state-retrying-text)' },
  none: { icon: IconCircleCheck, colour: 'var(--state-succeeded-text)' },
} as const

function plural(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`
}
