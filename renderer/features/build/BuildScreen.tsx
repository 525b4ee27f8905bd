import { useMediaQuery } from '@mantine/hooks'
import { ReactFlowProvider } from '@xyflow/react'
import { type ReactNode, useEffect } from 'react'
import { useRememberedNumber } from '../../lib/remembered.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useTestStore } from '../../stores/testStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { BuildBar } from './BuildBar.tsx'
import classes from './BuildScreen.module.css'
import { Canvas } from './canvas/Canvas.tsx'
import { useLastTraceStore } from './canvas/lastTraceStore.ts'
import { Inspector } from './inspector/Inspector.tsx'
import { Palette } from './palette/Palette.tsx'
import { usePreviewStore } from './preview/previewStore.ts'
import { ProblemsPanel } from './problems/ProblemsPanel.tsx'
import { UnreadableNotice } from './UnreadableNotice.tsx'

interface BuildScreenProps {
  /** The document as text: a feature of its own, placed by App. */
  readonly yamlView: ReactNode
}

/** Palette, canvas (or the YAML view) and inspector: three views of the chain's text. */
export function BuildScreen({ yamlView }: BuildScreenProps) {
  const view = useViewStore((state) => state.buildView)
  const isNarrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false })
  // Each remembered for itself: a palette closed on a small window is not missed on a large one.
  const wide = useRememberedNumber('build.palette', 1)
  const narrow = useRememberedNumber('build.palette.narrow', 0)
  const [palette, setPalette] = isNarrow ? narrow : wide
  const [problems, setProblems] = useRememberedNumber('build.problems', 0)
  useBackground()

  return (
    <ReactFlowProvider>
      <SplitPane
        name={isNarrow ? 'palette (small)' : 'palette'}
        sideAt="start"
        isOpen={palette === 1}
        initial={isNarrow ? 200 : 240}
        min={180}
        max={400}
        side={<Palette />}
      >
        <SplitPane
          name={isNarrow ? 'inspector (small)' : 'inspector'}
          sideAt="end"
          initial={isNarrow ? 320 : 360}
          min={280}
          max={720}
          side={<Inspector />}
        >
          <div className={classes.middle}>
            <BuildBar
              hasPalette={palette === 1}
              hasProblems={problems === 1}
              onPalette={() => setPalette(1 - palette)}
              onProblems={() => setProblems(1 - problems)}
            />
            <UnreadableNotice />
            <div className={classes.view}>
              <SplitPane
                name="problems"
                direction="column"
                sideAt="end"
                isOpen={problems === 1}
                initial={140}
                min={64}
                max={400}
                side={<ProblemsPanel />}
              >
                {view === 'canvas' ? <Canvas /> : yamlView}
              </SplitPane>
            </div>
          </div>
        </SplitPane>
      </SplitPane>
    </ReactFlowProvider>
  )
}

/** Keeps what the views show beside the document: the first items of its source, and the last test of the chain. */
function useBackground(): void {
  const source = useChainStore((state) => state.good?.chain.source)
  const file = useChainStore((state) => state.file)
  const lastTest = useTestStore((state) => (state.test.status === 'done' ? state.test.run : null))

  useEffect(() => {
    // A path is typed letter by letter; only where the typing rests is worth reading.
    const timer = setTimeout(() => void usePreviewStore.getState().load(source ?? null), 300)
    return () => clearTimeout(timer)
  }, [source])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a test that has just ended is newer than what was read
  useEffect(() => {
    if (file !== null) void useLastTraceStore.getState().load(file)
  }, [file, lastTest])
}
