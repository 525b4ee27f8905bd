import type { WorkerEntry } from '../../shared/api.ts'
import { parseChain } from '../../shared/chainDocument.ts'
import { editChain } from '../../shared/chainEdit.ts'
import type { Problem } from '../../shared/problem.ts'
import { DEFAULT_TIER } from '../../shared/stages.ts'
import { allStages } from '../../shared/stageTree.ts'
import { workerNameOf } from '../../shared/worker.ts'
import { parseWorker, placeInWorker } from '../../shared/workerDocument.ts'
import { printWorker } from '../../shared/workerEdit.ts'
import type { YamlPath } from '../../shared/yamlProblems.ts'
import { compileSchema, loadSchemaCompiler } from '../core/outputSchema.ts'
import type { Models } from '../ports/models.ts'
import type { DocumentText, FileResult } from '../ports/workspaceFiles.ts'
import { outcome } from './fileOutcome.ts'
import { done, type Handlers, type Outcome, type Session } from './session.ts'

type WorkerHandlers = Pick<Handlers, Extract<keyof Handlers, `workers.${string}`>>

export function workerHandlers({ chains, workers, emit }: Session, models: () => Models): WorkerHandlers {
  const changed = <T>(result: FileResult<T>): Outcome<T> => {
    if (result.ok) emit({ kind: 'workersChanged' })
    return outcome(result)
  }

  /** The chains that name the worker by its new name from now on; one that changed meanwhile keeps the old one. */
  async function followRename(from: string, to: string): Promise<readonly string[]> {
    const followed: string[] = []
    for (const { file, text, version } of await chains.list()) {
      const paths = pathsOfUses(text, from)
      if (paths.length === 0) continue
      const renamed = editChain(
        text,
        paths.map((path) => ({ kind: 'set', path, value: to })),
      )
      if ((await chains.write(file, renamed, version)).ok) followed.push(file)
    }
    if (followed.length > 0) emit({ kind: 'chainsChanged' })
    return followed
  }

  return {
    'workers.list': async () => {
      const [found, texts] = await Promise.all([workers.list(), chains.list()])
      return done(found.map((worker) => entry(worker, texts)))
    },
    'workers.read': async ({ file }) => outcome(await workers.read(file)),
    'workers.check': async ({ text }) => done({ problems: await checkWorker(text, models()) }),
    'workers.write': async ({ file, text, version }) => changed(await workers.write(file, text, version)),
    'workers.create': async ({ name, text }) => changed(await workers.create(name, text ?? newWorker(name))),
    'workers.duplicate': async ({ file }) => changed(await workers.duplicate(file)),
    'workers.rename': async ({ file, name }) => {
      const renamed = changed(await workers.rename(file, name))
      if (!renamed.ok) return renamed
      const to = renamed.value.file
      return done({ file: to, chains: to === file ? [] : await followRename(workerNameOf(file), workerNameOf(to)) })
    },
    'workers.restore': async ({ trash }) => changed(await workers.restore(trash)),
    'workers.remove': async ({ file }) => {
      const removed = changed(await workers.remove(file))
      return removed.ok ? done({ trash: removed.value.file }) : removed
    },
    'workers.versions': async ({ file }) => outcome(await workers.versions(file)),
    'workers.version': async ({ file, version }) => outcome(await workers.version(file, version)),
  }
}

/** Where a chain names a worker; a chain that cannot be read uses none. */
function pathsOfUses(chainText: string, worker: string): readonly YamlPath[] {
  const { chain } = parseChain(chainText)
  if (chain === null) return []
  return allStages(chain)
    .filter(({ stage }) => stage.kind === 'model' && stage.worker === worker)
    .map(({ path }) => [...path, 'worker'])
}

function entry(
  { file, text, modifiedAt }: DocumentText & { readonly modifiedAt: number },
  chains: readonly DocumentText[],
): WorkerEntry {
  const name = workerNameOf(file)
  const { worker, problems } = parseWorker(text)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return {
    file,
    name,
    description: worker?.description ?? null,
    tier: worker === null ? null : (worker.tier ?? DEFAULT_TIER),
    errors,
    warnings: problems.length - errors,
    usedBy: chains.filter((chain) => pathsOfUses(chain.text, name).length > 0).map((chain) => chain.file),
    modifiedAt,
  }
}

/** Everything that can be said against a worker as it is written, warnings included. */
async function checkWorker(text: string, models: Models): Promise<readonly Problem[]> {
  const { worker, problems } = parseWorker(text)
  if (worker === null) return problems
  await loadSchemaCompiler()
  const schemas = [
    { key: 'input_schema', schema: worker.inputSchema },
    { key: 'output_schema', schema: worker.output },
  ].flatMap(({ key, schema }): Problem[] => {
    const compiled = schema === undefined ? null : compileSchema(schema)
    if (compiled === null || compiled.ok) return []
    return [at(text, [key], `\`${key}\` is not a valid JSON Schema: ${compiled.message}`)]
  })
  const tiers = [
    { key: 'default_model_tier', tier: worker.tier ?? DEFAULT_TIER },
    { key: 'escalate', tier: worker.escalate },
  ].flatMap(({ key, tier }): Problem[] => {
    const lookup = tier === undefined ? null : models.tier(tier)
    return lookup === null || lookup.ok ? [] : [at(text, [key], lookup.message)]
  })
  return [...problems, ...schemas, ...tiers]
}

function at(text: string, path: YamlPath, message: string): Problem {
  return { severity: 'error', path, message, ...placeInWorker(text, path) }
}

/** A worker that can be tried at once, and changed from there. */
function newWorker(name: string): string {
  return printWorker({
    name,
    system_prompt: 'You sum a text up in one or two plain sentences. Keep to what the text says.\n',
    input_schema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
    output_schema: { type: 'object', required: ['summary'], properties: { summary: { type: 'string' } } },
    default_model_tier: DEFAULT_TIER,
  })
}
