import type { Json } from '../../shared/json.ts'
import { type ItemRead, SourceBroken } from '../ports/source.ts'
import { itemFailure } from './itemFailure.ts'

/** The columns of a table, and which of them make an item. */
export interface TableColumns {
  readonly width: number
  readonly taken: readonly { readonly name: string; readonly at: number }[]
}

/**
 * What the first row of a table names. A column without a name is called by its number, `column_3`. Throws
 * `SourceBroken` for two of one name, and for a column asked for that is not there. `path`: of the source, for messages.
 */
export function tableColumns(
  firstRow: readonly string[],
  wanted: readonly string[] | undefined,
  path: string,
): TableColumns {
  const names = firstRow.map((name, index) => name.trim() || `column_${index + 1}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new SourceBroken(`The source ${path} has two columns named ${twice}; give one another name.`)
  const missing = (wanted ?? []).filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new SourceBroken(`The source ${path} has no column ${missing.join(', ')}. It has: ${names.join(', ')}.`)
  return { width: names.length, taken: (wanted ?? names).map((name) => ({ name, at: names.indexOf(name) })) }
}

/** A row by its columns' names. One of another length cannot be told apart from one whose cells have slipped: a failure. */
export function rowItem({ width, taken }: TableColumns, cells: readonly Json[], line: number): ItemRead {
  if (cells.length !== width)
    return itemFailure(
      `Line ${line} has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'}, the first line names ${width}.`,
    )
  return { ok: true, value: Object.fromEntries(taken.map(({ name, at }) => [name, cells[at] ?? null])) }
}
