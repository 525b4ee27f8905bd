import type { RunSummary } from '../../shared/run.ts'
import type { App } from '../index.ts'
import { ask } from './ask.ts'
import { Refusal } from './refusal.ts'

/** Keys that one question to the API may ask for. */
const PAGE = 1000

/** The index of the item that `--item N|KEY` names: digits are an index, as in the results file; else a key. */
export async function findItem(app: App, { run, items }: RunSummary, wanted: string): Promise<number> {
  if (/^\d+$/.test(wanted)) {
    const index = Number(wanted)
    if (items !== null && index >= items)
      throw new Refusal(`Run ${run} has no item ${index}: its items are 0 to ${items - 1}.`)
    return index
  }
  const { indexes } = await ask(app, 'runs.find', { run, search: wanted, sort: 'index', descending: false })
  for (let from = 0; from < indexes.length; from += PAGE) {
    const page = [...indexes.subarray(from, from + PAGE)]
    const keys = await ask(app, 'runs.keys', { run, indexes: page })
    const found = page[keys.indexOf(wanted)]
    if (found !== undefined) return found
  }
  throw new Refusal(`Run ${run} has no finished item with the key ${wanted}.`)
}
