import type { Json } from '../../shared/json.ts'

export type RecordKind = 'comparison' | 'vote' | 'rating' | 'evaluation' | 'calibration'

export interface StoredRecord {
  readonly id: string
  /** When it was put, in Unix milliseconds. */
  readonly at: number
  readonly body: Json
}

/** What the workshop remembers beside runs: small, and for one owner (a chain's file) at a time. On disk when `put` returns. */
export interface RecordStore {
  /** In place of one with this id, whose time it keeps. Throws where the disk refuses. */
  put(kind: RecordKind, owner: string, record: { readonly id: string; readonly body: Json }): void
  /** Oldest first. */
  list(kind: RecordKind, owner: string): readonly StoredRecord[]
  /** All records of one owner become another's. */
  changeOwner(from: string, to: string): void
  remove(kind: RecordKind, owner: string, id: string): void
  close(): void
}
