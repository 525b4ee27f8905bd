import { useEffect, useMemo, useState } from 'react'
import { duelPairs } from '../../../../shared/judging/duelPairs.ts'
import type { TriedCell } from '../../../../shared/triedCell.ts'
import { useOpinionStore } from '../../../stores/opinionStore.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ChooseTwo } from './ChooseTwo.tsx'
import classes from './Duel.module.css'
import { DuelRound } from './DuelRound.tsx'

interface DuelProps {
  /** The chain's: where votes are kept. */
  readonly file: string
  /** Whose outputs they are; null: of the whole chain. */
  readonly stage: string | null
  readonly cells: readonly TriedCell[]
  /** Names of all variants. */
  readonly variants: readonly string[]
}

/** Two outputs of one item, and which of them is better; who made them stays hidden until the person asks. */
export function Duel({ file, stage, cells, variants }: DuelProps) {
  const [chosen, setChosen] = useState<readonly [string, string] | null>(null)
  useEffect(() => {
    void useOpinionStore.getState().open(file)
  }, [file])
  const [first, second, third] = variants
  // Those chosen may be gone from the comparison by now.
  const isThere = chosen?.every((name) => variants.includes(name)) === true
  const [one, other] = isThere ? (chosen ?? []) : third === undefined ? [first, second] : []
  const duel = useMemo(() => {
    if (one === undefined || other === undefined) return null
    return { variants: [one, other] as const, stage, pairs: duelPairs(cells, [one, other], stage) }
  }, [cells, one, other, stage])
  if (second === undefined)
    return (
      <section className={classes.root} aria-label="Duel">
        <EmptyState title="A duel needs two variants">Compare the chain on two tiers or more first.</EmptyState>
      </section>
    )
  return (
    <section className={classes.root} aria-label="Duel">
      {duel === null ? (
        <ChooseTwo variants={variants} onChoose={setChosen} />
      ) : (
        <DuelRound
          key={duel.variants.join(' ')}
          file={file}
          duel={duel}
          onOthers={third === undefined ? null : () => setChosen(null)}
        />
      )}
    </section>
  )
}
