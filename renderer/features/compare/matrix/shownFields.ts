import { type ComparedRow, hasAnswer } from '../../../../shared/compare/compareRows.ts'
import { isSameOutput } from '../../../../shared/compare/sameOutput.ts'
import { isJsonObject } from '../../../../shared/json.ts'

/** A cell has room for so many; the drawer has them all. */
const MOST_FIELDS = 6

/** Fields of the answers that a row shows, in all its cells: those that are not the same in all of them first of all. */
export function shownFields({ cells }: Pick<ComparedRow, 'cells'>): ReadonlySet<string> {
  const outputs = cells.filter(hasAnswer).flatMap(({ output }) => (isJsonObject(output) ? [output] : []))
  const names = [...new Set(outputs.flatMap((output) => Object.keys(output)))]
  const differs = (name: string) =>
    outputs.some((output) => !isSameOutput(output[name] ?? null, outputs[0]?.[name] ?? null))
  const first = names.filter(differs)
  return new Set([...first, ...names.filter((name) => !first.includes(name))].slice(0, MOST_FIELDS))
}
