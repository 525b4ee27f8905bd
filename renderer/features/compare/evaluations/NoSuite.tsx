import { Button } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { suiteFileOf } from '../../../../shared/evaluations/suite.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'

/** Before the first case. */
export function NoSuite({ file }: { readonly file: string }) {
  return (
    <EmptyState
      icon={<IconTargetArrow size={32} stroke={1.25} />}
      title="No cases yet"
      actions={
        <Button variant="filled" size="md" onClick={() => useViewStore.getState().go('test')}>
          Test an item
        </Button>
      }
    >
      Test an item, and press “Expect this” where its output is right: it becomes a case. An answer of a comparison can
      be taken likewise. Cases are kept in {suiteFileOf(file)}, and can be written there by hand.
    </EmptyState>
  )
}
