import { Button, Tooltip } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useState } from 'react'
import type { SuiteCase } from '../../shared/evaluations/suite.ts'

interface ExpectButtonProps {
  /** The item with its output, as it would stand in the suite. */
  readonly added: SuiteCase
  /** Puts it there; false: it could not. */
  readonly onAdd: (added: SuiteCase) => Promise<boolean>
}

/** One press: this output is what later evaluations are to give for this item. */
export function ExpectButton({ added, onAdd }: ExpectButtonProps) {
  const [kept, setKept] = useState<string | null>(null)
  const now = JSON.stringify(added)
  const add = async () => {
    if (await onAdd(added)) setKept(now)
  }
  if (kept === now)
    return (
      <span className="quiet" role="status">
        In the suite: Compare → Evaluations
      </span>
    )
  return (
    <Tooltip label="Adds this item to the suite of evaluations, with this output as what is expected.">
      <Button size="xs" leftSection={<IconTargetArrow size={14} stroke={1.5} />} onClick={() => void add()}>
        Expect this
      </Button>
    </Tooltip>
  )
}
