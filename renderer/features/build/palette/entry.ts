import type { SinkKind } from '../../../../shared/sink.ts'
import type { SourceKind } from '../../../../shared/source.ts'
import type { Stage } from '../../../../shared/stages.ts'

interface EntryBase {
  /** Unique in the palette; the id that a new stage gets, if it is free. */
  readonly id: string
  readonly title: string
  /** One line: what it is good for. */
  readonly hint: string
  /** Further words under which a person may look for it. */
  readonly words: string
}

export interface StageEntry extends EntryBase {
  readonly group: 'Stages' | 'Templates'
  /** Without a wire it is about the item. */
  readonly isTemplate: boolean
  /**
   * The stages it adds, by the ids they get if those are free: the first one takes the wire, the last one gives on.
   * `reference`: `{{ item.text }}`, or empty where the stage is not wired yet.
   */
  stages(reference: string): { readonly [id: string]: Stage }
}
export interface SourceEntry extends EntryBase {
  readonly group: 'Sources'
  /** `several`: sources with names. */
  readonly source: SourceKind | 'several'
}
export interface SinkEntry extends EntryBase {
  readonly group: 'Results'
  readonly sink: SinkKind
}
/** Something that the palette offers. */
export type PaletteEntry = StageEntry | SourceEntry | SinkEntry
