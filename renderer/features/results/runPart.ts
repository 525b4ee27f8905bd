/**
 * What stands below the grid: the results, the failures by cause, the changes of the chain. `grid`: the grid itself, where
 * the window is too low for both; elsewhere the results, below it.
 */
export type RunPart = 'grid' | 'results' | 'failures' | 'changes'

/** What the parts of the run's screen ask of it. */
export interface RunScreenActions {
  readonly show: (part: RunPart) => void
  readonly openItem: (index: number, lane: number) => void
  /** Opens the dialog in which the run's chain is changed. */
  readonly change: () => void
}
