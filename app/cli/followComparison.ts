import type { Comparison, ComparisonRequest } from '../../shared/compare/comparison.ts'
import { placeCells } from '../../shared/compare/comparison.ts'
import type { App } from '../index.ts'
import { ask } from './ask.ts'

/** Starts a comparison and resolves with it when it has come to an end, its cells in the order items × variants × repeats. */
export async function followComparison(
  app: App,
  request: ComparisonRequest,
  onChange: (now: Comparison) => void,
): Promise<Comparison> {
  let now: Comparison | null = null
  // What is pushed before the answer is there is of it too: nothing else goes on in this process.
  const early: Parameters<typeof placeCells>[1][] = []
  let end: (() => void) | null = null
  const stopListening = app.listen((event) => {
    if (event.kind !== 'comparisonChanged') return
    if (now === null) early.push(event.cells)
    else {
      now = { ...now, state: event.state, cells: placeCells(now.cells, event.cells) }
      onChange(now)
    }
    if (event.state.status !== 'running') end?.()
  })
  try {
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const started = await ask(app, 'compare.start', request)
    now = { ...started, cells: early.reduce(placeCells, started.cells) }
    onChange(now)
    await ended
    return { ...now, cells: inOrder(now) }
  } finally {
    stopListening()
  }
}

function inOrder({ items, variants, cells }: Comparison): Comparison['cells'] {
  const place = ({ item, variant, repeat }: Comparison['cells'][number]): number =>
    items.findIndex(({ index }) => index === item.index) * 1e6 +
    variants.findIndex(({ name }) => name === variant) * 1e3 +
    repeat
  return cells.filter(({ status }) => status !== 'running').toSorted((a, b) => place(a) - place(b))
}
