import type { Chain } from '../../../shared/chain.ts'
import { hasErrors, parseChain } from '../../../shared/chainDocument.ts'
import type { ModelStage, Stage } from '../../../shared/stages.ts'
import { allStages } from '../../../shared/stageTree.ts'
import { type Worker, workerFilesOf } from '../../../shared/worker.ts'
import { parseWorker } from '../../../shared/workerDocument.ts'
import type { ChainUses, UsedChain } from '../../core/chainUses.ts'
import type { PlanProblem } from '../../core/plan.ts'
import type { UsedFiles } from '../../ports/usedFiles.ts'

export interface ReadUses {
  readonly uses: ChainUses
  /** Every text that was read, by path: what a run freezes. */
  readonly files: { readonly [path: string]: string }
  readonly problems: readonly PlanProblem[]
}

/** Chains may use chains; more of them in one another are an author's slip. */
const MAX_DEPTH = 10

/** Reads the workers, knowledge and chains that a chain names, and those that these name in turn. */
export async function readUses(chain: Chain, files: UsedFiles): Promise<ReadUses> {
  const reader = new UsesReader(files)
  await reader.read(chain, { path: [], depth: 0 })
  return reader
}

interface At {
  /** Where in the launched chain: problems of used files stand at the stage that uses them. */
  readonly path: readonly (string | number)[]
  readonly depth: number
}

class UsesReader implements ReadUses {
  readonly #files: UsedFiles
  readonly #workers = new Map<string, Worker>()
  readonly #knowledge = new Map<string, string>()
  readonly #chains = new Map<string, UsedChain>()
  readonly files: { [path: string]: string } = {}
  readonly problems: PlanProblem[] = []

  constructor(files: UsedFiles) {
    this.#files = files
  }

  get uses(): ChainUses {
    return { workers: this.#workers, knowledge: this.#knowledge, chains: this.#chains }
  }

  async read(chain: Chain, at: At): Promise<void> {
    for (const placed of allStages(chain))
      await this.#readStage(placed.stage, { ...at, path: at.depth === 0 ? placed.path : at.path })
  }

  async #readStage(stage: Stage, at: At): Promise<void> {
    if (stage.kind === 'model') await this.#readModel(stage, at)
    if (stage.kind === 'chain') await this.#readChain(stage.file, { ...at, depth: at.depth + 1 })
  }

  async #readModel(stage: ModelStage, at: At): Promise<void> {
    const known = [...(stage.knowledge ?? [])]
    if (stage.worker !== undefined) {
      await this.#readWorker(stage.worker, at)
      known.push(...(this.#workers.get(stage.worker)?.knowledge ?? []))
    }
    for (const { file } of known) {
      if (this.#knowledge.has(file)) continue
      const read = await this.#files.knowledge(file)
      if (read.ok) this.#keep(this.#knowledge, file, read.value)
      else this.#refuse([...at.path, 'knowledge'], `The knowledge file ${file} cannot be read. ${read.message}`)
    }
  }

  async #readWorker(name: string, at: At): Promise<void> {
    if (this.#workers.has(name)) return
    const path = [...at.path, 'worker']
    for (const file of workerFilesOf(name)) {
      const read = await this.#files.text(file)
      if (!read.ok && read.kind === 'not_found') continue
      if (!read.ok) return this.#refuse(path, `${file} cannot be read. ${read.message}`)
      const { worker, problems } = parseWorker(read.value)
      if (worker === null || hasErrors(problems)) return this.#refuse(path, firstError(file, problems))
      this.files[file] = read.value
      this.#workers.set(name, worker)
      return
    }
    // That it is not there is told where it is planned.
  }

  async #readChain(file: string, at: At): Promise<void> {
    if (this.#chains.has(file)) return
    const path = [...at.path, 'file']
    if (at.depth > MAX_DEPTH) return this.#refuse(path, `${file}: more than ${MAX_DEPTH} chains use one another.`)
    const read = await this.#files.text(file)
    if (!read.ok) return this.#refuse(path, `The chain ${file} cannot be read. ${read.message}`)
    const { chain, graph, problems } = parseChain(read.value)
    if (chain === null || graph === null || hasErrors(problems)) return this.#refuse(path, firstError(file, problems))
    this.files[file] = read.value
    this.#chains.set(file, { chain, graph })
    await this.read(chain, at)
  }

  #keep(map: Map<string, string>, path: string, text: string): void {
    map.set(path, text)
    this.files[path] = text
  }

  #refuse(path: readonly (string | number)[], message: string): void {
    this.problems.push({ path, message })
  }
}

function firstError(
  file: string,
  problems: readonly { readonly severity: string; readonly line: number | null; readonly message: string }[],
): string {
  const first = problems.find(({ severity }) => severity === 'error')
  return `${file}${first?.line == null ? '' : `:${first.line}`}: ${first?.message ?? 'It cannot be read.'}`
}

/** The files of a run as they were at its launch, in place of those on disk. */
export function frozenFiles(files: { readonly [path: string]: string }): UsedFiles {
  const read = (path: string) => {
    const text = files[path]
    if (text !== undefined) return Promise.resolve({ ok: true as const, value: text })
    return Promise.resolve({ ok: false as const, kind: 'not_found' as const, message: `${path} was not kept.` })
  }
  return { text: read, knowledge: read }
}
