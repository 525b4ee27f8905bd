import { cp } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import type { Command, HostEvent, HostInfo, Reply, Request } from '../shared/api.ts'
import { budgetHandlers } from './api/budgetHandlers.ts'
import { chainHandlers } from './api/chainHandlers.ts'
import { compareHandlers } from './api/compareHandlers.ts'
import { estimateHandlers } from './api/estimateHandlers.ts'
import { evaluationHandlers } from './api/evaluationHandlers.ts'
import { outcome } from './api/fileOutcome.ts'
import { judgingHandlers } from './api/judgingHandlers.ts'
import { route } from './api/router.ts'
import { runChangeHandlers } from './api/runChangeHandlers.ts'
import { runHandlers } from './api/runHandlers.ts'
import { sampleHandlers } from './api/sampleHandlers.ts'
import { done, type Handlers, refuse, type Shell } from './api/session.ts'
import { sourceHandlers } from './api/sourceHandlers.ts'
import { workerHandlers } from './api/workerHandlers.ts'
import { followResults } from './engine/results/followResults.ts'
import type { ResultFormat } from './engine/results/results.ts'
import { loadCsvLine } from './files/csvLine.ts'
import { addRecent, readRecent } from './files/recentWorkspaces.ts'
import { type OpenSession, openSession } from './openSession.ts'

export type { Shell } from './api/session.ts'
export { checkChainIn } from './openSession.ts'

/** Jacquard without a window: what the desktop shell, the server and the command line all talk to. */
export interface App {
  /** Parses the request, runs the command. What a user can act on comes back as `{ ok: false, error }`. */
  call<C extends Command>(command: C, request: Request<C>): Promise<Reply<C>>
  call(command: string, request: unknown): Promise<Reply<Command>>
  /** Gives what ends the subscription. */
  listen(listener: (event: HostEvent) => void): () => void
  /** A run's results as text, each line whole. Follows a run that goes on until it stops; `unordered`: as items finish. */
  results(run: string, options: { format: ResultFormat; unordered?: boolean }): AsyncIterable<string>
  /** The open workspace's folder, absolute. */
  readonly workspace: string
  /** Pauses runs that go on (they can be resumed), writes what is queued, closes the database. */
  close(): Promise<void>
}

export interface AppOptions {
  /** Absolute; made where it is not there. */
  readonly workspace: string
  readonly host: HostInfo['host'] | 'cli'
  /** Where keys and server addresses are found. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Tiers that are about to be called; makes their first calls start sooner. */
  readonly tiers?: readonly string[]
  readonly shell?: Shell
  /** Where the list of recent workspaces is kept; absent: it is not kept. */
  readonly stateFolder?: string
  /** Holds the example workspace; absent: `workspace.create` cannot bring examples. */
  readonly examples?: string
}

/** Joins all parts. Rejects where the workspace cannot be opened. */
export async function createApp(options: AppOptions): Promise<App> {
  const listeners = new Set<(event: HostEvent) => void>()
  const emit = (event: HostEvent) => {
    for (const listener of listeners) listener(event)
  }
  const open = async (workspace: string): Promise<OpenApp> => {
    const { stateFolder } = options
    const recent =
      stateFolder === undefined ? [] : await addRecent(stateFolder, workspace).catch(() => readRecent(stateFolder))
    const host = options.host === 'cli' ? 'browser' : options.host
    const opened = await openSession({
      workspace,
      host,
      version: packageJson.version,
      env: options.env,
      tiers: options.tiers ?? [],
      shell: options.shell ?? null,
      recent,
      emit,
    })
    return { ...opened, workspace, handlers: { ...allHandlers(opened), ...workspaceHandlers(change, options) } }
  }
  const change = async (workspace: string): Promise<HostInfo> => {
    const before = current
    current = await open(workspace)
    await before.close()
    emit({ kind: 'workspaceChanged' })
    return current.session.info()
  }
  let current = await open(options.workspace)

  return {
    call: (command: string, request: unknown) => route(current.handlers, command, request) as never,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    results: (run, { format, unordered = false }) => {
      const { store, runs } = current.session
      return followResults({ store, live: (id) => runs.live(id) }, run, { format, unordered, loadCsvLine })
    },
    get workspace() {
      return current.workspace
    },
    close: () => current.close(),
  }
}

interface OpenApp extends OpenSession {
  readonly workspace: string
  readonly handlers: Handlers
}

type WorkspaceHandlers = Pick<Handlers, 'workspace.open' | 'workspace.create'>

function workspaceHandlers(
  change: (workspace: string) => Promise<HostInfo>,
  { examples }: AppOptions,
): WorkspaceHandlers {
  const openAt = async (path: string, prepare: () => Promise<void>) => {
    if (!isAbsolute(path)) return refuse('invalid', `${path} is not an absolute path.`)
    try {
      await prepare()
      return done(await change(path))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return refuse('files', `${path} cannot be opened as a workspace: ${why}`)
    }
  }
  return {
    'workspace.open': ({ path }) => openAt(path, () => Promise.resolve()),
    'workspace.create': async ({ path, withExamples }) => {
      if (!withExamples) return openAt(path, () => Promise.resolve())
      if (examples === undefined) return refuse('not_possible', 'This Jacquard came without its examples.')
      return openAt(path, () => cp(examples, path, { recursive: true, force: false, errorOnExist: false }))
    },
  }
}

function allHandlers({ session, models }: OpenSession): Omit<Handlers, keyof WorkspaceHandlers> {
  const { shell, files } = session
  return {
    'host.info': () => done(session.info()),
    'tiers.list': () => done(session.tiers()),
    'tiers.setPrice': async ({ tier, price }) => {
      const written = outcome(await session.setPrice(tier, price))
      if (!written.ok) return written
      session.emit({ kind: 'tiersChanged' })
      return done(session.tiers())
    },
    'shell.pick': async ({ what, suggested }) => {
      if (shell === null) return refuse('not_possible', 'This host has no dialogs of its own.')
      const path = await shell.pick(what, suggested)
      return done({ path: path === null || what === 'workspace' ? path : files.shown(path) })
    },
    'shell.reveal': ({ path }) => {
      if (shell === null) return refuse('not_possible', 'This host cannot show files.')
      shell.reveal(files.absolute(path))
      return done(null)
    },
    ...budgetHandlers(session),
    ...chainHandlers(session, models),
    ...evaluationHandlers(session),
    ...judgingHandlers(session),
    ...sampleHandlers(session),
    ...compareHandlers(session),
    ...estimateHandlers(session),
    ...sourceHandlers(session),
    ...workerHandlers(session, models),
    ...runHandlers(session, models),
    ...runChangeHandlers(session, models),
  }
}
