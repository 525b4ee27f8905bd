import type { Screen } from '../../stores/viewStore.ts'

interface Step {
  readonly screen: Screen
  readonly label: string
  /** Key of Ctrl or ⌘, and of Alt where a browser keeps those for its own tabs. */
  readonly digit: string
}

/** The steps of the main job, in their order; then what stands beside it. */
export const STEPS: readonly Step[] = [
  { screen: 'build', label: 'Build', digit: '1' },
  { screen: 'test', label: 'Test', digit: '2' },
  { screen: 'compare', label: 'Compare', digit: '3' },
  { screen: 'launch', label: 'Launch', digit: '4' },
  { screen: 'run', label: 'Run', digit: '5' },
]
export const BESIDE: readonly Step[] = [
  { screen: 'workers', label: 'Workers', digit: '6' },
  { screen: 'runs', label: 'Runs', digit: '7' },
  { screen: 'settings', label: 'Settings', digit: '8' },
]

/** Why a screen has nothing to show yet; null: it has. */
export function notReady(screen: Screen, now: { readonly hasChain: boolean; readonly hasRun: boolean }): string | null {
  switch (screen) {
    case 'build':
    case 'test':
    case 'compare':
    case 'launch':
      return now.hasChain ? null : 'Open a chain first.'
    case 'run':
      return now.hasRun ? null : 'Nothing was launched or opened yet.'
    default:
      return null
  }
}
