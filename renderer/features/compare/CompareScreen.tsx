import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { assertNever } from '../../../shared/assertNever.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useCompareStore } from '../../stores/compareStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useBoxSize } from '../../ui/grid/useBoxSize.ts'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { CellDrawer } from './CellDrawer.tsx'
import { CompareBar } from './CompareBar.tsx'
import classes from './CompareScreen.module.css'
import { type CompareView, useCompareViewStore } from './compareViewStore.ts'
import { Duel } from './duel/Duel.tsx'
import { EvaluationsView } from './evaluations/EvaluationsView.tsx'
import { Matrix } from './matrix/Matrix.tsx'
import { NothingCompared } from './NothingCompared.tsx'
import { Picture } from './picture/Picture.tsx'
import { RecommendationCard } from './RecommendationCard.tsx'
import { type Compared, useCompared } from './useCompared.ts'
import { useCompareKeys } from './useCompareKeys.ts'
import { ViewBar } from './ViewBar.tsx'
import { ViewSwitch } from './ViewSwitch.tsx'

const DRAWER = { initial: 420, min: 300 }
/** The matrix beside the drawer. */
const LEAST_MATRIX = 380

/** A few items in several variants of the chain, side by side: what differs, what it costs, and what to take. */
export function CompareScreen() {
  const file = useChainStore((state) => state.file)
  const good = useChainStore((state) => state.good)
  const view = useCompareViewStore((state) => state.view)
  const compared = useCompared()
  useCompareKeys()
  useEffect(() => {
    if (file !== null) void useCompareStore.getState().open(file)
  }, [file])

  if (good === null)
    return (
      <EmptyState title="This chain cannot be read yet">
        Set its YAML right in Build; then its tiers can be compared here.
      </EmptyState>
    )
  return (
    <div className={classes.root}>
      <VisuallyHidden component="h1">Compare {good.chain.name}</VisuallyHidden>
      {file !== null && hasOwnScreen(view) ? (
        <>
          <div className={classes.views}>
            <ViewSwitch />
          </div>
          {view === 'evaluations' ? <EvaluationsView file={file} /> : <DuelOf file={file} compared={compared} />}
        </>
      ) : (
        <Comparing compared={compared} />
      )}
    </div>
  )
}

/** What is to be compared is not set up there; in a duel nobody is to see the variants. */
function hasOwnScreen(view: CompareView): boolean {
  return view === 'duel' || view === 'evaluations'
}

function Comparing({ compared }: { readonly compared: Compared | null }) {
  const refused = useCompareStore((state) => state.refused)
  return (
    <>
      <CompareBar />
      {refused !== null && <ApiErrorNotice error={refused} />}
      {compared?.comparison.state.status === 'failed' && (
        <ApiErrorNotice error={{ kind: 'not_possible', message: compared.comparison.state.message }} />
      )}
      {compared === null ? (
        <>
          <div className={classes.views}>
            <ViewSwitch />
          </div>
          <NothingCompared />
        </>
      ) : (
        <Shown compared={compared} />
      )}
    </>
  )
}

function Shown({ compared }: { readonly compared: Compared }) {
  const view = useCompareViewStore((state) => state.view)
  const open = useCompareViewStore((state) => state.open)
  const box = useRef<HTMLDivElement>(null)
  const { width } = useBoxSize(box)
  const isOpen = open !== null && view === 'matrix'
  return (
    <>
      <ViewBar compared={compared} />
      <div ref={box} className={classes.body}>
        <SplitPane
          name="the answer"
          sideAt="end"
          isOpen={isOpen}
          {...DRAWER}
          max={Math.max(DRAWER.min, width - LEAST_MATRIX)}
          side={isOpen && <CellDrawer compared={compared} place={open} />}
        >
          <ViewOf view={view} compared={compared} />
        </SplitPane>
      </div>
      <RecommendationCard compared={compared} />
    </>
  )
}

function DuelOf({ file, compared }: { readonly file: string; readonly compared: Compared | null }) {
  const { stage, cells, variants } = compared?.comparison ?? { stage: null, cells: [], variants: [] }
  return <Duel file={file} stage={stage} cells={cells} variants={variants.map(({ name }) => name)} />
}

function ViewOf({ view, compared }: { readonly view: CompareView; readonly compared: Compared }) {
  switch (view) {
    case 'matrix':
      return <Matrix compared={compared} />
    case 'picture':
      return <Picture compared={compared} />
    case 'duel':
    case 'evaluations':
      // They have the screen to themselves.
      return null
    default:
      return assertNever(view)
  }
}
