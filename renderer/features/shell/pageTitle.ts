import { formatCount } from '../../../shared/format.ts'
import { runNews } from '../../../shared/runNotice.ts'
import { percentDone, type RunWatch } from '../../../shared/runWatch.ts'

const PRODUCT = 'Jacquard'

/** What a browser's tab says: what a run came to that nobody has looked at, else how far it is. */
export function pageTitle({ live, news }: RunWatch): string {
  const last = [...news.values()].at(-1)
  const told = last === undefined ? null : runNews(last)
  if (told !== null) return `${told.title} — ${PRODUCT}`

  const runs = [...live.values()]
  const [first, ...others] = runs
  if (first === undefined) return PRODUCT
  const percent = percentDone(runs)
  const done = runs.reduce((sum, { counts }) => sum + counts.succeeded + counts.failed + counts.skipped, 0)
  const howFar = percent === null ? `${formatCount(done)} done` : `${percent} %`
  return `${howFar} · ${others.length === 0 ? first.chainName : `${formatCount(runs.length)} runs`} — ${PRODUCT}`
}
