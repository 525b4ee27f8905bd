import { lazy, Suspense } from 'react'
import { assertNever } from '../shared/assertNever.ts'
import { HomeDialogs } from './features/home/HomeDialogs.tsx'
import { HomeScreen } from './features/home/HomeScreen.tsx'
import { Frame } from './features/shell/Frame.tsx'
import { SettingsScreen } from './features/shell/SettingsScreen.tsx'
import { TestScreen } from './features/test/TestScreen.tsx'
import { type Screen, useViewStore } from './stores/viewStore.ts'
import { ScreenLoading } from './ui/ScreenLoading.tsx'

const BuildScreen = lazy(() => import('./features/build/BuildScreen.tsx').then((m) => ({ default: m.BuildScreen })))
const CompareScreen = lazy(() =>
  import('./features/compare/CompareScreen.tsx').then((m) => ({ default: m.CompareScreen })),
)
const LaunchScreen = lazy(() => import('./features/launch/LaunchScreen.tsx').then((m) => ({ default: m.LaunchScreen })))
const RunsScreen = lazy(() => import('./features/runs/RunsScreen.tsx').then((m) => ({ default: m.RunsScreen })))
const RunScreen = lazy(() => import('./features/results/RunScreen.tsx').then((m) => ({ default: m.RunScreen })))
const WorkersScreen = lazy(() =>
  import('./features/workers/WorkersScreen.tsx').then((m) => ({ default: m.WorkersScreen })),
)
const YamlView = lazy(() => import('./features/document/YamlView.tsx').then((m) => ({ default: m.YamlView })))

/** Places the features; the only file that knows them all. */
export function App() {
  const screen = useViewStore((state) => state.screen)
  return (
    <Frame dialogs={<HomeDialogs />}>
      <Suspense fallback={<ScreenLoading />}>
        <ScreenOf screen={screen} />
      </Suspense>
    </Frame>
  )
}

function ScreenOf({ screen }: { screen: Screen }) {
  switch (screen) {
    case 'home':
      return <HomeScreen />
    case 'build':
      return <BuildScreen yamlView={<YamlView />} />
    case 'test':
      return <TestScreen />
    case 'compare':
      return <CompareScreen />
    case 'launch':
      return <LaunchScreen />
    case 'run':
      return <RunScreen />
    case 'runs':
      return <RunsScreen />
    case 'workers':
      return <WorkersScreen />
    case 'settings':
      return <SettingsScreen />
    default:
      return assertNever(screen)
  }
}
