import { Modal } from '@mantine/core'
import type { DuelScope } from '../../../../shared/judging/duelTally.ts'
import { JudgePanel } from './JudgePanel.tsx'

interface JudgeDialogProps {
  readonly file: string
  readonly duel: DuelScope
  readonly isOpen: boolean
  readonly isRevealed: boolean
  readonly onClose: () => void
}

/** A model that judges the same pairs. Opened by a press: it names tiers. */
export function JudgeDialog({ file, duel, isOpen, isRevealed, onClose }: JudgeDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="A model as judge"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <JudgePanel file={file} duel={duel} isRevealed={isRevealed} />}
    </Modal>
  )
}
