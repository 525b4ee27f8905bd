import type { RunSummary } from '../../shared/run.ts'
import type { App } from '../index.ts'
import { ask } from './ask.ts'
import { Refusal } from './refusal.ts'

/** Keys that one question to the API may ask for. */
const PAGE = 1000

/** The index of the item or group that `--item N|KEY` names: digits are an index, as in the results file; else a key. */
export async function findItem(
  app: App,
  { run, lanes }: RunSummary,
  { wanted, lane }: { wanted: string; lane: number },
): Promise<number> {
  const about = lanes[lane]
  if (about === undefined) throw new Refusal(`Run ${run} has no lane ${lane}: its last is ${lanes.length - 1}.`)
  const { items } = about
  const word = lane === 0 ? 'item' : 'group'
  if (/^\d+$/.test(wanted)) {
    const index = Number(wanted)
    if (items !== null && index >= items)
      throw new Refusal(`Run ${run} has no ${word} ${index}: its ${word}s are 0 to ${items - 1}.`)
    return index
  }
  const { indexes } = await ask(app, 'runs.find', { run, lane, search: wanted, sort: 'index', descending: false })
  for (let from = 0; from < indexes.length; from += PAGE) {
    const page = [...indexes.subarray(from, from + PAGE)]
    const keys = await ask(app, 'runs.keys', { run, lane, indexes: page })
    const found = page[keys.indexOf(wanted)]
    if (found !== undefined) return found
  }
  throw new Refusal(`Run ${run} has no finished ${word} with the key ${wanted}.`)
}
