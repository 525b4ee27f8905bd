import { Drawer } from '@mantine/core'
import type { RunSummary } from '../../../../shared/run.ts'
import { ScreenLoading } from '../../../ui/ScreenLoading.tsx'
import { useRevisions } from '../revisions/useRevisions.ts'
import { ChangeForm } from './ChangeForm.tsx'

interface ChangeDrawerProps {
  readonly summary: RunSummary
  readonly onClose: () => void
}

/** Where a run's chain is changed while it goes on, or afterwards. */
export function ChangeDrawer({ summary, onClose }: ChangeDrawerProps) {
  const text = useRevisions(summary.run, String(summary.revision))?.at(-1)?.chainText
  return (
    <Drawer
      opened
      onClose={onClose}
      size="min(720px, 100%)"
      title={<strong>Change {summary.chainName}</strong>}
      closeOnClickOutside={false}
    >
      {text === undefined ? (
        <ScreenLoading label="Reading the chain" />
      ) : (
        <ChangeForm key={text} summary={summary} text={text} onClose={onClose} />
      )}
    </Drawer>
  )
}
