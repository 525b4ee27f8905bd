import { create } from 'zustand'

export const SCREENS = ['home', 'build', 'test', 'compare', 'launch', 'run', 'workers', 'runs', 'settings'] as const
export type Screen = (typeof SCREENS)[number]

interface ViewState {
  readonly screen: Screen
  /** Ids of the stages selected on the canvas; also `source` and `output`, which are no stages. */
  readonly selectedStages: readonly string[]
  readonly buildView: 'canvas' | 'yaml'
  /** The run that the Run screen shows; null: none was opened yet. */
  readonly openRun: string | null
  /** Index of the item whose trace the drawer shows; null: the drawer is closed. */
  readonly openItem: number | null
  /** The lane that it is of: 0 for items of the source. */
  readonly openLane: number
  /** One at a time, above whatever screen is shown. */
  readonly dialog: 'newChain' | 'openWorkspace' | 'shortcuts' | null
  go(screen: Screen): void
  select(ids: readonly string[]): void
  setBuildView(view: 'canvas' | 'yaml'): void
  /** Opens the Run screen on a run. */
  showRun(run: string): void
  /** `lane`: left out, the one of the item before. */
  showItem(index: number | null, lane?: number): void
  showDialog(dialog: ViewState['dialog']): void
}

/** Where the person is. Nothing here is saved with a chain or a run. */
export const useViewStore = create<ViewState>()((set) => ({
  screen: 'home',
  selectedStages: [],
  buildView: 'canvas',
  openRun: null,
  openItem: null,
  openLane: 0,
  dialog: null,
  go: (screen) => set({ screen }),
  select: (selectedStages) => set({ selectedStages }),
  setBuildView: (buildView) => set({ buildView }),
  showRun: (openRun) =>
    set((state) => ({
      screen: 'run',
      openRun,
      ...(state.openRun === openRun ? {} : { openItem: null, openLane: 0 }),
    })),
  showItem: (openItem, lane) => set((state) => ({ openItem, openLane: lane ?? state.openLane })),
  showDialog: (dialog) => set({ dialog }),
}))
