import { z } from 'zod'
import { type Comparison, type ComparisonState, comparisonRequest } from './compare/comparison.ts'
import {
  type Estimate,
  type EstimateOutcome,
  type EstimateProgress,
  estimateRequest,
  type MixEstimate,
  whatIf,
} from './estimate.ts'
import type { Evaluation } from './evaluations/evaluation.ts'
import { evaluationRequest } from './evaluations/evaluationRequest.ts'
import { type Suite, suiteCase } from './evaluations/suite.ts'
import type { SourcePreview } from './item.ts'
import { type Json, json } from './json.ts'
import { judgeRequest } from './judging/judgeRequest.ts'
import { rating, type StoredRating, type StoredVote, vote } from './judging/vote.ts'
import type { MenuCommand } from './menuCommand.ts'
import type { Problem } from './problem.ts'
import { launchOptions, type RunProgress, type RunSummary, stageOverride } from './run.ts'
import { type FailureCause, type RunPreview, type RunRevision, runChange } from './runChange.ts'
import { DEFAULT_SAMPLE_SIZE, type Sample, sample, sampleItem } from './sample.ts'
import { source } from './source.ts'
import { price, type Tier } from './tier.ts'
import type { ItemTrace, ResultRow } from './trace.ts'
import type { TriedCell } from './triedCell.ts'

/** Of a run; left out: the source's items. */
const lane = z.number().int().nonnegative().default(0)

const testItem = z.union([z.object({ source, index: z.number().int().nonnegative() }), z.object({ value: json })])

/**
 * All that the workshop may ask of its host. Defined once; Electron's IPC (electron/ipc.ts) and a WebSocket
 * (app/serve/socket.ts) carry it. The host parses every request by these schemas; replies are typed by `Replies`.
 * A thing that the user can act on comes back as `{ ok: false, error }`; anything else is a bug and rejects.
 */
export const requests = {
  'host.info': z.object({}),
  'workspace.open': z.object({ path: z.string() }),
  'workspace.create': z.object({ path: z.string(), withExamples: z.boolean() }),

  'chains.list': z.object({}),
  'chains.read': z.object({ file: z.string() }),
  /** `version`: that of the text the edit began with; another one on disk is a conflict. null: a new file. */
  'chains.write': z.object({ file: z.string(), text: z.string(), version: z.string().nullable() }),
  /** All that can be said against running this text, also what only the host can tell: tiers, output schemas. */
  'chains.check': z.object({ text: z.string() }),
  'chains.create': z.object({ name: z.string().min(1).max(120), text: z.string().optional() }),
  'chains.rename': z.object({ file: z.string(), name: z.string().min(1).max(120) }),
  'chains.duplicate': z.object({ file: z.string() }),
  /** Moves it to `.jacquard/trash`; `chains.restore` brings it back. */
  'chains.remove': z.object({ file: z.string() }),
  'chains.restore': z.object({ trash: z.string() }),

  'workers.list': z.object({}),
  'workers.read': z.object({ file: z.string() }),
  /** As `chains.write`. */
  'workers.write': z.object({ file: z.string(), text: z.string(), version: z.string().nullable() }),
  /** All that can be said against using this text, also what only the host can tell: tiers, schemas. */
  'workers.check': z.object({ text: z.string() }),
  'workers.create': z.object({ name: z.string().min(1).max(120), text: z.string().optional() }),
  'workers.duplicate': z.object({ file: z.string() }),
  /** Chains that use it are made to name it by its new name. */
  'workers.rename': z.object({ file: z.string(), name: z.string().min(1).max(120) }),
  /** Moves it to `.jacquard/trash`; `workers.restore` brings it back. */
  'workers.remove': z.object({ file: z.string() }),
  'workers.restore': z.object({ trash: z.string() }),
  /** Every state of a worker that was seen, newest first, the last 200 of them. To restore one is to write its text. */
  'workers.versions': z.object({ file: z.string() }),
  'workers.version': z.object({ file: z.string(), version: z.string() }),

  /** The sample that is kept with a chain. */
  'sample.read': z.object({ file: z.string() }),
  /** Chooses items that stretch the chain, without any call. `file`: whose last run says what failed. `kept`: stay in. */
  'sample.propose': z.object({
    text: z.string(),
    file: z.string().nullable(),
    source: source.optional(),
    size: z.number().int().min(1).max(200).default(DEFAULT_SAMPLE_SIZE),
    kept: z.array(sampleItem).max(200).default([]),
  }),
  'sample.write': z.object({ file: z.string(), sample }),

  /** What a comparison would ask for, worked out without any call. */
  'compare.preview': comparisonRequest,
  /** One of the same chain that goes on is stopped for it. */
  'compare.start': comparisonRequest,
  /** What has been answered is kept. */
  'compare.stop': z.object({ comparison: z.string() }),
  /** Tries again what failed, or was not tried, in one variant. */
  'compare.retry': z.object({ file: z.string(), comparison: z.string(), variant: z.string() }),
  /** The newest comparison of a chain, whether it goes on or not. */
  'compare.latest': z.object({ file: z.string() }),

  /** Votes of duels on a chain's outputs, by people and by models. */
  'votes.list': z.object({ file: z.string() }),
  /** In place of the vote of the same judge on the same pair. */
  'votes.add': z.object({ file: z.string(), vote }),
  'votes.undo': z.object({ file: z.string(), id: z.string() }),
  'ratings.list': z.object({ file: z.string() }),
  /** In place of the rating that the cell has. */
  'ratings.put': z.object({ file: z.string(), rating }),
  'ratings.remove': z.object({ file: z.string(), id: z.string() }),
  /** What asking a model about these pairs would ask for. */
  'judge.preview': z.object({ request: judgeRequest }),
  /** Asks it about each pair in both orders and adds its votes. Answers when it is done; `id`: for its progress, and to stop it. */
  'judge.run': z.object({ id: z.string().min(1), request: judgeRequest }),
  'judge.stop': z.object({ id: z.string() }),

  /** The suite beside a chain, or another one. */
  'evaluations.suite': z.object({ file: z.string(), suiteFile: z.string().nullable().default(null) }),
  /** To the suite beside the chain, which is made where there is none; in place of the case of its name. */
  'evaluations.addCase': z.object({ file: z.string(), added: suiteCase }),
  'evaluations.removeCase': z.object({ file: z.string(), name: z.string() }),
  /** Makes an evaluation the one that later ones must not fall behind. */
  'evaluations.setGolden': z.object({ file: z.string(), evaluation: z.string() }),
  'evaluations.list': z.object({ file: z.string() }),
  'evaluations.preview': z.object({ request: evaluationRequest }),
  /** Answers when it is done. `id`: that of the evaluation, for its progress, and to stop it. */
  'evaluations.run': z.object({ id: z.string().min(1), request: evaluationRequest }),
  'evaluations.stop': z.object({ id: z.string() }),

  /** Tries the sample where it may, which takes a while: `estimateProgress` tells how far it is. */
  'estimate.make': z.object({ request: estimateRequest }),
  'estimate.stop': z.object({ id: z.string() }),
  /** Of an estimate that was made: the same run made otherwise. Nothing is called. */
  'estimate.whatIf': z.object({ id: z.string(), whatIf }),
  /** How the runs of a chain came out that were estimated, oldest first. */
  'estimate.outcomes': z.object({ file: z.string() }),

  'tiers.list': z.object({}),
  /** Writes it to jacquard.yaml; null: the published price holds again. */
  'tiers.setPrice': z.object({ tier: z.string(), price: price.nullable() }),

  'source.preview': z.object({ source, limit: z.number().int().min(1).max(1000) }),
  /** One item in full, for Test. */
  'source.item': z.object({ source, index: z.number().int().nonnegative() }),
  /** Folders and files to choose from, where the host has no dialog of its own. `path` null: the workspace. */
  'files.list': z.object({ path: z.string().nullable() }),
  /** Files dropped onto a browser window; they land in `inputs/FOLDER/`. */
  'files.upload': z.object({
    folder: z.string().min(1).max(120),
    name: z.string().min(1).max(255),
    bytes: z.instanceof(Uint8Array),
  }),
  /** The system's own dialogs (Electron only: see `HostInfo.has`). */
  'shell.pick': z.object({ what: z.enum(['folder', 'file', 'workspace', 'save']), suggested: z.string().optional() }),
  'shell.reveal': z.object({ path: z.string() }),

  /** Runs the chain on one item. `item` stands in for a source's item. */
  'runs.test': z.object({
    text: z.string(),
    file: z.string().nullable(),
    item: testItem,
    params: z.record(z.string(), json).optional(),
    tiers: z.record(z.string(), z.string()).optional(),
    stages: launchOptions.shape.stages,
    /** false: nothing is taken from memory. */
    memory: z.boolean().optional(),
  }),
  'runs.launch': z.object({ text: z.string(), file: z.string().nullable(), options: launchOptions }),
  'runs.list': z.object({
    kind: z.enum(['batch', 'test']),
    limit: z.number().int().min(1).max(500),
    before: z.string().optional(),
  }),
  'runs.get': z.object({ run: z.string() }),
  /** What a launch, a resumption, a retry or a change would ask for, worked out without any call. */
  'runs.preview': z.object({
    what: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('launch'), text: z.string(), options: launchOptions }),
      z.object({ kind: z.literal('test'), text: z.string(), item: testItem, options: launchOptions }),
      /** What is left of a run, as it stands. */
      z.object({ kind: z.literal('resume'), run: z.string() }),
      z.object({ kind: z.literal('change'), run: z.string(), change: runChange }),
    ]),
  }),
  /** `now`: without awaiting the calls in flight; their answers are lost and will be asked for again. */
  'runs.pause': z.object({ run: z.string(), now: z.boolean().optional() }),
  /**
   * `budgetUsd`: in place of the run's budget, which may be what it stands still for. `ignore`: a tripwire that is off
   * from now on.
   */
  'runs.resume': z.object({
    run: z.string(),
    budgetUsd: z.number().positive().optional(),
    ignore: z.enum(['errorShare', 'sameError', 'invalidShare', 'costFactor']).optional(),
  }),
  /**
   * Goes on by a changed chain or other tiers, for the items that `scope` says. A run that goes on is paused for it, and
   * goes on by itself. The old result of an item stands until its new one is there.
   */
  'runs.change': z.object({ run: z.string(), change: runChange, budgetUsd: z.number().positive().optional() }),
  /** The revisions of a run's chain, the launch first. */
  'runs.revisions': z.object({ run: z.string() }),
  /** Failed items by their cause, the largest group first. */
  'runs.failures': z.object({ run: z.string() }),
  /** Runs up to three items of a run again, each for itself, with what is different; the run is not touched. */
  'runs.tryChange': z.object({
    run: z.string(),
    indexes: z.array(z.number().int().nonnegative()).min(1).max(3),
    stages: z.record(z.string(), stageOverride),
  }),
  /** These items of the source go first, in this order. */
  'runs.first': z.object({ run: z.string(), indexes: z.array(z.number().int().nonnegative()).min(1).max(1000) }),
  /** Clamps the calls in flight to a backend (`BackendLoad.name`), over all runs; null: as it was. */
  'backends.clamp': z.object({ name: z.string(), concurrency: z.number().int().positive().nullable() }),
  'budgets.get': z.object({}),
  /** Writes them to jacquard.yaml; null: none. */
  'budgets.set': z.object({ dayUsd: z.number().positive().nullable(), runUsd: z.number().positive().nullable() }),
  /** Of a run whose source grows: no more items are awaited, what has come is worked off. */
  'runs.finish': z.object({ run: z.string() }),
  'runs.cancel': z.object({ run: z.string() }),
  'runs.setConcurrency': z.object({
    run: z.string(),
    concurrency: z.union([z.number().int().positive(), z.literal('unbounded')]),
  }),
  /** `budgetUsd`: in place of the run's. */
  'runs.retryFailed': z.object({ run: z.string(), budgetUsd: z.number().positive().optional() }),
  /** States of `count` items from `from` on, one byte a cell, a row an item. */
  'runs.cells': z.object({
    run: z.string(),
    lane,
    from: z.number().int().nonnegative(),
    count: z.number().int().min(1).max(1_000_000),
  }),
  'runs.keys': z.object({ run: z.string(), lane, indexes: z.array(z.number().int().nonnegative()).max(1000) }),
  /** Indexes of the items that match, in the order asked for. */
  'runs.find': z.object({
    run: z.string(),
    lane,
    statuses: z.array(z.enum(['succeeded', 'failed', 'skipped', 'cancelled', 'waiting'])).optional(),
    search: z.string().optional(),
    sort: z.enum(['index', 'key', 'cost', 'latency', 'status']),
    descending: z.boolean(),
  }),
  'runs.rows': z.object({ run: z.string(), lane, indexes: z.array(z.number().int().nonnegative()).max(500) }),
  'runs.trace': z.object({ run: z.string(), lane, index: z.number().int().nonnegative() }),
  /** `file` from the workspace's root or absolute; without one, beside the results under the run's name. */
  'runs.export': z.object({ run: z.string(), format: z.enum(['jsonl', 'csv']), file: z.string().optional() }),
} as const

export type Command = keyof typeof requests
export type Request<C extends Command> = z.input<(typeof requests)[C]>
export type ParsedRequest<C extends Command> = z.output<(typeof requests)[C]>

/** Something that the person can act on. `message` says what happened, what was kept, what to do. */
export interface ApiError {
  readonly kind: 'not_found' | 'conflict' | 'invalid' | 'not_possible' | 'files'
  readonly message: string
  /** Of a chain that cannot be run as it is. */
  readonly problems?: readonly Problem[]
}
export type Reply<C extends Command> =
  | { readonly ok: true; readonly value: Replies[C] }
  | { readonly ok: false; readonly error: ApiError }

export interface HostInfo {
  readonly version: string
  readonly host: 'electron' | 'browser'
  readonly platform: string
  readonly workspace: { readonly name: string; readonly path: string }
  readonly recentWorkspaces: readonly { readonly name: string; readonly path: string }[]
  /** What this host can do beyond the common part. */
  readonly has: { readonly dialogs: boolean; readonly reveal: boolean; readonly droppedPaths: boolean }
}

export interface ChainEntry {
  readonly file: string
  readonly name: string
  readonly description: string | null
  readonly stages: number
  readonly errors: number
  /** Unix milliseconds. */
  readonly modifiedAt: number
}

export interface WorkerEntry {
  /** From the workspace's root. */
  readonly file: string
  /** By which chains call it: `workers/legal/clauses.yaml` is `legal/clauses`. */
  readonly name: string
  readonly description: string | null
  /** null: it cannot be read. */
  readonly tier: string | null
  readonly errors: number
  readonly warnings: number
  /** Files of the chains that use it. */
  readonly usedBy: readonly string[]
  /** Unix milliseconds. */
  readonly modifiedAt: number
}

/** A state of a file that is kept. */
export interface DocumentVersion {
  /** Names this state among those of its file. */
  readonly version: string
  /** When it was first seen, in Unix milliseconds. */
  readonly at: number
  readonly bytes: number
  /** As `version` of a file that is read: equal for equal texts. */
  readonly textVersion: string
}

/** Limits of spend beyond a single run's own. */
export interface Budgets {
  /** US dollars a day, over all runs of the workspace; null: none. */
  readonly dayUsd: number | null
  /** Of a launch that names none; null: none. */
  readonly runUsd: number | null
  /** Spent since midnight, in millionths of a dollar; perhaps-billed calls included. */
  readonly spentTodayMicros: number
}

export interface FolderListing {
  /** From the workspace's root with `/`; absolute outside it. */
  readonly path: string
  readonly parent: string | null
  readonly entries: readonly {
    readonly name: string
    readonly path: string
    readonly kind: 'folder' | 'file'
    readonly bytes: number | null
  }[]
}

export interface RunDetail {
  readonly summary: RunSummary
  /** The chain as it was at the launch. */
  readonly chainText: string
  readonly progress: RunProgress
}

export interface Replies {
  'host.info': HostInfo
  'workspace.open': HostInfo
  'workspace.create': HostInfo
  'chains.list': readonly ChainEntry[]
  'chains.read': { readonly file: string; readonly text: string; readonly version: string }
  'chains.write': { readonly version: string }
  'chains.check': { readonly problems: readonly Problem[] }
  'chains.create': { readonly file: string; readonly text: string; readonly version: string }
  'chains.rename': { readonly file: string }
  'chains.duplicate': { readonly file: string }
  'chains.remove': { readonly trash: string }
  'chains.restore': { readonly file: string }
  'workers.list': readonly WorkerEntry[]
  'workers.read': { readonly file: string; readonly text: string; readonly version: string }
  'workers.write': { readonly version: string }
  'workers.check': { readonly problems: readonly Problem[] }
  'workers.create': { readonly file: string; readonly text: string; readonly version: string }
  'workers.duplicate': { readonly file: string }
  /** `chains`: files of those that were changed with it. */
  'workers.rename': { readonly file: string; readonly chains: readonly string[] }
  'workers.remove': { readonly trash: string }
  'workers.restore': { readonly file: string }
  'workers.versions': readonly DocumentVersion[]
  'workers.version': { readonly text: string }
  /** null: none is kept. */
  'sample.read': Sample | null
  /** `total`: items of the source; null: not known. */
  'sample.propose': { readonly sample: Sample; readonly total: number | null }
  'sample.write': null
  'compare.preview': RunPreview
  'compare.start': Comparison
  'compare.stop': null
  'compare.retry': null
  'compare.latest': Comparison | null
  /** Oldest first. */
  'votes.list': readonly StoredVote[]
  'votes.add': { readonly id: string }
  'votes.undo': null
  'ratings.list': readonly StoredRating[]
  'ratings.put': { readonly id: string }
  'ratings.remove': null
  'judge.preview': RunPreview
  /** `problem`: what went wrong at the first pair of those that it gave no verdict on. */
  'judge.run': { readonly votes: number; readonly unjudged: number; readonly problem: string | null }
  'judge.stop': null
  /** null: there is none yet. */
  'evaluations.suite': { readonly file: string; readonly suite: Suite } | null
  'evaluations.addCase': null
  'evaluations.removeCase': null
  'evaluations.setGolden': null
  /** Oldest first. */
  'evaluations.list': readonly Evaluation[]
  'evaluations.preview': RunPreview
  'evaluations.run': Evaluation
  'evaluations.stop': null
  'estimate.make': Estimate
  'estimate.stop': null
  'estimate.whatIf': MixEstimate
  'estimate.outcomes': readonly EstimateOutcome[]
  'tiers.list': readonly Tier[]
  'tiers.setPrice': readonly Tier[]
  'source.preview': SourcePreview
  'source.item': { readonly key: string; readonly value: Json }
  'files.list': FolderListing
  'files.upload': { readonly folder: string }
  /** null: the person closed the dialog. */
  'shell.pick': { readonly path: string | null }
  'shell.reveal': null
  'runs.test': { readonly run: string }
  'runs.launch': { readonly run: string }
  'runs.list': readonly RunSummary[]
  'runs.get': RunDetail
  'runs.preview': RunPreview
  'runs.pause': null
  'runs.resume': null
  'runs.change': null
  'runs.revisions': readonly RunRevision[]
  'runs.failures': readonly FailureCause[]
  /** In the order of the indexes: each a run of kind `test`. */
  'runs.tryChange': readonly { readonly index: number; readonly run: string }[]
  'runs.first': null
  'backends.clamp': null
  'budgets.get': Budgets
  'budgets.set': Budgets
  'runs.finish': null
  'runs.cancel': null
  'runs.setConcurrency': null
  'runs.retryFailed': null
  'runs.cells': { readonly stages: readonly string[]; readonly from: number; readonly states: Uint8Array }
  'runs.keys': readonly string[]
  'runs.find': { readonly indexes: Uint32Array }
  'runs.rows': readonly ResultRow[]
  'runs.trace': ItemTrace
  'runs.export': { readonly file: string; readonly items: number }
}

/** What the host pushes to every window. */
export type HostEvent =
  | { readonly kind: 'runProgress'; readonly progress: RunProgress }
  /** Cells of a comparison that changed since the last push; ten times a second at most. */
  | {
      readonly kind: 'comparisonChanged'
      readonly comparison: string
      readonly file: string | null
      readonly state: ComparisonState
      readonly cells: readonly TriedCell[]
    }
  | { readonly kind: 'estimateProgress'; readonly progress: EstimateProgress }
  /** The list of runs changed: one was added, or one ended. */
  | { readonly kind: 'runsChanged' }
  /** Of an evaluation or a judgement, by the id that it was begun with: answers that have come. */
  | { readonly kind: 'judgingProgress'; readonly id: string; readonly done: number; readonly total: number }
  /** A chain file was written, added or taken away, by whomever. */
  | { readonly kind: 'chainsChanged' }
  /** The same of a worker file. */
  | { readonly kind: 'workersChanged' }
  /** The workspace's jacquard.yaml changed. */
  | { readonly kind: 'tiersChanged' }
  | { readonly kind: 'workspaceChanged' }
  /** The person chose it in the desktop's menu (electron/menu.ts). */
  | { readonly kind: 'menu'; readonly command: MenuCommand }
  /** The person clicked the system's notification of this run (electron/systemSigns.ts). */
  | { readonly kind: 'showRun'; readonly run: string }

/** What the preload gives the window as `window.jacquard`, and what the browser's socket stands in for. */
export interface HostBridge {
  call(command: string, request: unknown): Promise<unknown>
  /** Returns what ends the subscription. */
  listen(listener: (event: HostEvent) => void): () => void
  /** The path of a dropped file; null where the host cannot tell. */
  pathOf?(file: unknown): string | null
}
