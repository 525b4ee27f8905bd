import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'

/** An item of a source that has been found but perhaps not been read yet. */
export interface SourceEntry {
  /** 0-based, without gaps, in the source's order. */
  readonly index: number
  /**
   * The path within the folder with `/`, the address, or the number of the row (1-based, as text). Of several named
   * sources `NAME/KEY`.
   */
  readonly key: string
  /** Which of several named sources it comes from; null: there is one only. */
  readonly source: string | null
  /** Size of its row; null: not known. */
  readonly bytes: number | null
  /** Looks up the size of its file, where it has one of its own; null: it cannot be told. */
  size?(): Promise<number | null>
  /**
   * Reads it. What is wrong with this one item is its failure and no other's. `signal` gives up a page or a document
   * that takes long: the failure is then of kind `cancelled`.
   */
  load(signal?: AbortSignal): ItemRead | Promise<ItemRead>
}

export type ItemRead = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }

/** A folder, a file or a text that gives items, opened for one pass or several. */
export interface ItemSource {
  /** For headings: `inputs/tickets`, `companies.csv`. */
  readonly label: string
  /** It has no end of its own (a watched folder): items come until `finish` is called. */
  readonly grows: boolean
  /** Number of items, by a fast pass where need be; null: it grows. Rejects with the reason of `signal`. */
  count(signal: AbortSignal): Promise<number | null>
  /**
   * The entries from index `from` on, in order, in groups as large as is convenient; read as they are asked for, so
   * that a million items never stand in memory. Those before `from` are passed over without being read where possible.
   * Throws `SourceBroken` where nothing further can be read. A source that grows waits for more; as soon as `signal`
   * aborts any source comes to its end. Items that it gave before can still be read.
   */
  entries(from: number, signal: AbortSignal): AsyncIterable<readonly SourceEntry[]>
  /**
   * Keys to be stored with a run so that a resumed one sees the same items under the same indexes; null where the
   * row number says all. A source that grows gives those it knows so far; the engine stores further ones as they come.
   */
  keys(): Promise<readonly string[]> | null
  /** Of a source that grows: nothing further is awaited, what has come is still given. Others take no notice. */
  finish(): void
  close(): Promise<void>
}

/** The source as a whole cannot be read (any further): the run's error, shown with what to do. */
export class SourceBroken extends Error {
  override readonly name = 'SourceBroken'
}
