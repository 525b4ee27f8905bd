import { lazy, Suspense } from 'react'
import { assertNever } from '../shared/assertNever.ts'
import { HomeDialogs } from './features/home/HomeDialogs.tsx'
import { HomeScreen } from './features/home/HomeScreen.tsx'
import { Frame } from './features/shell/Frame.tsx'
import { SettingsScreen } from './features/shell/SettingsScreen.tsx'
import { TestScreen } from './features/test/TestScreen.tsx'
import { type Screen, useViewStore } from './stores/viewStore.ts'
import { ScreenLoading } from './ui/ScreenLoading.tsx'

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
      return <YamlView />
    case 'test':
      return <TestScreen />
    case 'launch':
    case 'run':
    case 'runs':
      return <HomeScreen />
    case 'settings':
      return <SettingsScreen />
    default:
      return assertNever(screen)
  }
}
