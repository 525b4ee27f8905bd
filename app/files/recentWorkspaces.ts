import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeAtomic } from './writeAtomic.ts'

const FILE = 'recent-workspaces.json'
const MOST = 10
const paths = z.array(z.string())

/** Folders that were opened last, newest first. A damaged list is an empty one: it is only a convenience. */
export async function readRecent(stateFolder: string): Promise<readonly string[]> {
  try {
    const parsed = paths.safeParse(JSON.parse(await readFile(join(stateFolder, FILE), 'utf8')))
    return parsed.success ? parsed.data : []
  } catch {
    // Not there, or not readable: nothing is lost but a short list.
    return []
  }
}

export async function addRecent(stateFolder: string, workspace: string): Promise<readonly string[]> {
  const others = (await readRecent(stateFolder)).filter((path) => path !== workspace)
  const recent = [workspace, ...others].slice(0, MOST)
  await mkdir(stateFolder, { recursive: true })
  await writeAtomic(join(stateFolder, FILE), `${JSON.stringify(recent, null, 2)}\n`)
  return recent
}
