import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'

export interface WorkspaceChoice {
  /** `--workspace`; wins. */
  readonly asked: string | null
  /** Open when the program ended last. */
  readonly last: string | null
  /** The examples as they came with the program. */
  readonly example: string
  /** Where the examples are copied to, as the program's own folder cannot be written to; null: they are used in place. */
  readonly exampleCopy: string | null
}

/** The folder to open first: absolute, where it is not made up by `--workspace` also there. */
export async function startWorkspace({ asked, last, example, exampleCopy }: WorkspaceChoice): Promise<string> {
  if (asked !== null) return asked
  if (last !== null && existsSync(last)) return last
  if (exampleCopy === null) return example
  // Never over what a person made of the examples since.
  if (!existsSync(exampleCopy)) await cp(example, exampleCopy, { recursive: true })
  return exampleCopy
}
