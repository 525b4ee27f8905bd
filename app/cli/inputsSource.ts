import { readFileSync, type Stats, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { Source } from '../../shared/source.ts'
import { Refusal } from './refusal.ts'

// A text file is one item, kept with the run: beyond this it is surely not meant as one.
const MAX_TEXT_BYTES = 20_000_000

/** The source that `--inputs PATH` stands for. Its path is absolute: it was meant from the current folder. */
export function inputsSource(given: string): Source {
  const path = resolve(given)
  const stats = statOf(path)
  if (stats === null) throw new Refusal(`--inputs: there is no file or folder ${given}.`)
  if (stats.isDirectory()) return { folder: path }
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return { csv: path }
    case '.jsonl':
    case '.ndjson':
      return { jsonl: path }
    case '.txt':
      if (stats.size > MAX_TEXT_BYTES)
        throw new Refusal(
          `--inputs: ${given} would be one item of ${Math.round(stats.size / 1e6)} MB; the most is 20 MB.`,
        )
      return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') }
    default:
      throw new Refusal(
        `--inputs: ${given} is of a kind that cannot be read. It takes a folder, a .csv or .jsonl file (an item a row), or a .txt file (one item).`,
      )
  }
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null
}
