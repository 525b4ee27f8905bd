import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface CommandLine {
  /** `--workspace DIR`: open this one; absolute. */
  readonly workspace: string | null
  /** `--user-data-dir DIR`: keep the window's place and the list of workspaces there; absolute. */
  readonly dataFolder: string | null
}

/** Reads what the desktop was started with; Chromium's own switches stand in it as well and are left to it. */
export function readCommandLine(argv: readonly string[], workingFolder: string): CommandLine {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { workspace: { type: 'string' }, 'user-data-dir': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const folder = (value: string | boolean | undefined) =>
    typeof value === 'string' && value !== '' ? resolve(workingFolder, value) : null
  return { workspace: folder(values.workspace), dataFolder: folder(values['user-data-dir']) }
}
