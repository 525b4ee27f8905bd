import type { ChainEntry } from '../../shared/api.ts'
import { CHAIN_FORMAT } from '../../shared/chain.ts'
import { parseChain } from '../../shared/chainDocument.ts'
import { printChain } from '../../shared/chainEdit.ts'
import { checkChain } from '../engine/run/prepareRun.ts'
import type { Models } from '../ports/models.ts'
import type { DocumentText, FileResult } from '../ports/workspaceFiles.ts'
import { outcome } from './fileOutcome.ts'
import { done, type Handlers, type Outcome, type Session } from './session.ts'

type ChainHandlers = Pick<Handlers, Extract<keyof Handlers, `chains.${string}`>>

export function chainHandlers({ chains, usedFiles, records, emit }: Session, models: () => Models): ChainHandlers {
  const changed = <T>(result: FileResult<T>): Outcome<T> => {
    if (result.ok) emit({ kind: 'chainsChanged' })
    return outcome(result)
  }
  return {
    'chains.list': async () => done((await chains.list()).map(entry)),
    'chains.read': async ({ file }) => outcome(await chains.read(file)),
    'chains.check': async ({ text }) =>
      done({ problems: await checkChain(text, { models: models(), files: usedFiles }) }),
    'chains.write': async ({ file, text, version }) => changed(await chains.write(file, text, version)),
    'chains.create': async ({ name, text }) => changed(await chains.create(name, text ?? emptyChain(name))),
    'chains.duplicate': async ({ file }) => changed(await chains.duplicate(file)),
    'chains.rename': async ({ file, name }) => {
      const renamed = changed(await chains.rename(file, name))
      if (renamed.ok && renamed.value.file !== file) records.changeOwner(file, renamed.value.file)
      return renamed
    },
    'chains.restore': async ({ trash }) => changed(await chains.restore(trash)),
    'chains.remove': async ({ file }) => {
      const removed = changed(await chains.remove(file))
      return removed.ok ? done({ trash: removed.value.file }) : removed
    },
  }
}

function entry({ file, text, modifiedAt }: DocumentText & { readonly modifiedAt: number }): ChainEntry {
  const { chain, problems } = parseChain(text)
  return {
    file,
    name: chain?.name ?? (file.split('/').at(-1) ?? file).replace('.chain.yaml', ''),
    description: chain?.description ?? null,
    stages: Object.keys(chain?.stages ?? {}).length,
    errors: problems.filter(({ severity }) => severity === 'error').length,
    modifiedAt,
  }
}

function emptyChain(name: string): string {
  return printChain({ jacquard: CHAIN_FORMAT, name, stages: {} })
}
