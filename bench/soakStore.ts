import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What the database of a killed run holds. */
export interface SoakState {
  /** null: it was killed before there was one. */
  readonly run: string | null
  /** Of the cells whose answer is there. */
  readonly answered: ReadonlySet<string>
  /** Items and groups that are finished, as `lane/index status`. */
  readonly finished: ReadonlySet<string>
  /** What must not be: cells that were answered twice, a damaged file. */
  readonly faults: readonly string[]
}

/** Reads a copy: opened in place, the log that the kill has left would be worked off here instead of by Jacquard. */
export async function readSoakState(workspace: string): Promise<SoakState> {
  const folder = join(workspace, '.jacquard')
  const copy = join(workspace, 'copy')
  await mkdir(copy, { recursive: true })
  for (const name of ['jacquard.db', 'jacquard.db-wal'])
    await copyFile(join(folder, name), join(copy, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  const database = new DatabaseSync(join(copy, 'jacquard.db'))
  try {
    return hasRuns(database) ? stateIn(database) : NOTHING
  } finally {
    database.close()
    await rm(copy, { recursive: true })
  }
}

const NOTHING: SoakState = { run: null, answered: new Set(), finished: new Set(), faults: [] }

function hasRuns(database: DatabaseSync): boolean {
  return database.prepare(`select 1 from sqlite_master where name = 'revisions'`).get() !== undefined
}

function stateIn(database: DatabaseSync): SoakState {
  const [run] = database.prepare('select run from runs').all()
  if (run === undefined) return NOTHING
  const answers = database.prepare(
    `select a.stage, a.idx, g.key, count(*) as n from attempts a
      left join groups g on g.run_id = a.run_id and g.lane = a.lane and g.idx = a.idx
      where a.status = 'succeeded' and a.tier is not null group by a.lane, a.idx, a.stage`,
  )
  const answered = new Set<string>()
  const faults: string[] = []
  for (const { stage, idx, key, n } of answers.all()) {
    const token = tokenOf(String(stage), String(key === null ? idx : JSON.parse(String(key))))
    answered.add(token)
    if (n !== 1) faults.push(`${token} has ${n} answers in the database`)
  }
  const items = database.prepare('select lane, idx, status from items where redo = 0').all()
  const finished = new Set(items.map(({ lane, idx, status }) => `${lane}/${idx} ${status}`))
  const [check] = database.prepare('pragma quick_check(1)').all()
  if (check?.quick_check !== 'ok') faults.push(`The database is damaged: ${JSON.stringify(check)}`)
  return { run: String(run.run), answered, finished, faults }
}

/** Of `parts/2/part` of item 7 it is `part #7.2`. */
function tokenOf(stage: string, item: string): string {
  const [first = '', element, inner] = stage.split('/')
  return inner === undefined ? `${first} #${item}` : `${inner} #${item}.${element}`
}
