import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describeFileError } from './fileError.ts'
import { removeLeftDrafts, writeAtomic } from './writeAtomic.ts'

/** Writes a file whole or not at all. Gives why it could not be written, or null. */
export async function writeResults(file: string, parts: AsyncIterable<string>): Promise<string | null> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await removeLeftDrafts(file)
    await writeAtomic(file, parts)
    return null
  } catch (error) {
    return describeFileError(error)
  }
}

/** One file of a folder of results. */
export interface ResultFile {
  /** Within the folder, with `/`; must not lead out of it. */
  readonly name: string
  readonly text: string
}

/** Writes files into a folder, each whole or not at all. Gives why one could not be written, or null. */
export async function writeResultFiles(folder: string, files: AsyncIterable<ResultFile>): Promise<string | null> {
  try {
    for await (const { name, text } of files) {
      const file = join(folder, ...name.split('/'))
      await mkdir(dirname(file), { recursive: true })
      await writeAtomic(file, text)
    }
    return null
  } catch (error) {
    return describeFileError(error)
  }
}

/** Whether results can be written there, asked before a run is launched; null: they can. */
export async function cannotWrite(file: string): Promise<string | null> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await access(dirname(file), constants.W_OK)
    return null
  } catch (error) {
    return describeFileError(error)
  }
}
