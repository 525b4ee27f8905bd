import { Button, Tooltip } from '@mantine/core'
import { formatDuration } from '../../../shared/format.ts'
import type { Attempt, ItemTrace } from '../../../shared/trace.ts'
import { addUsage, NO_USAGE } from '../../../shared/usage.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useEvaluationStore } from '../../stores/evaluationStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { type GroupTraces, useTestStore } from '../../stores/testStore.ts'
import { ExpectButton } from '../../ui/ExpectButton.tsx'
import { Money } from '../../ui/Money.tsx'
import { SavedMoney } from '../../ui/SavedMoney.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import { TokenCount } from '../../ui/trace/TokenCount.tsx'
import { allAttempts } from './allAttempts.ts'
import { isSimulated } from './isSimulated.ts'
import classes from './TestTotal.module.css'

interface TestTotalProps {
  readonly trace: ItemTrace | null
  readonly groups: GroupTraces
}

/** The sum of the try over all lanes, under its columns. */
export function TestTotal({ trace, groups }: TestTotalProps) {
  const tiers = useHostStore((state) => state.tiers)
  const isDone = useTestStore(({ test }) => test.status === 'done')
  if (trace === null) return null
  const lanes = [trace, ...groups]
  const attempts = allAttempts(lanes.flatMap(({ stages }) => stages))
  const unpricedCalls = attempts.filter((attempt) => attempt.usage !== null && attempt.costMicros === null).length
  const usage = lanes.reduce((sum, lane) => addUsage(sum, lane.usage), NO_USAGE)
  const latencyMs = lanes.reduce((sum, lane) => sum + lane.latencyMs, 0)
  const savedMicros = lanes.reduce((sum, lane) => sum + lane.savedMicros, 0)
  const simulated = isSimulated(attempts, tiers)
  const costMicros = lanes.reduce((sum, lane) => sum + lane.costMicros, 0)
  return (
    <section className={classes.root} aria-label="Total">
      <StateGlyph state={lanes.at(-1)?.status ?? trace.status} withWord />
      {latencyMs > 0 && (
        <>
          <span>{formatDuration(latencyMs)}</span>
          {usage.outputTokens > 0 && <TokenCount usage={usage} />}
          <Money
            micros={unpricedCalls > 0 && costMicros === 0 ? null : costMicros}
            simulated={simulated}
            unpricedCalls={unpricedCalls}
          />
        </>
      )}
      <span>{callsText(attempts)}</span>
      {savedMicros > 0 && <SavedMoney micros={savedMicros} simulated={simulated} />}
      {isDone && attempts.some(isRemembered) && (
        <Tooltip label="Takes nothing from memory: asks everything anew.">
          <Button size="xs" variant="subtle" onClick={() => void useTestStore.getState().start({ memory: false })}>
            Ask again
          </Button>
        </Tooltip>
      )}
      {isDone && groups.length === 0 && <Expect trace={trace} />}
    </section>
  )
}

/** This output as what later evaluations are to give. A pasted item is kept with it. */
function Expect({ trace }: { readonly trace: ItemTrace }) {
  const file = useChainStore((state) => state.file)
  const isPasted = useTestStore(({ choice }) => choice.kind === 'pasted')
  if (file === null || trace.status !== 'succeeded') return null
  const { key, item, output } = trace
  return (
    <ExpectButton
      added={isPasted ? { value: item, expected: output } : { item: key, expected: output }}
      onAdd={(added) => useEvaluationStore.getState().addCase(file, added)}
    />
  )
}

/** `2 calls, 1 from memory` */
function callsText(attempts: readonly Attempt[]): string {
  const remembered = attempts.filter(isRemembered).length
  const calls = attempts.length - remembered
  return `${calls} ${calls === 1 ? 'call' : 'calls'}${remembered > 0 ? `, ${remembered} from memory` : ''}`
}

function isRemembered({ purpose }: Attempt): boolean {
  return purpose === 'remembered'
}
