import {
  IconBraces,
  IconFileDescription,
  IconFolder,
  IconInbox,
  IconListDetails,
  IconSparkles,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react'
import type { SINK_KINDS } from '../../../../shared/sink.ts'
import type { SOURCE_KINDS } from '../../../../shared/source.ts'
import type { StageKind } from '../../../../shared/stages.ts'

/** One icon for each kind of stage, source and sink, on the canvas and in the palette alike. */
export const STAGE_ICONS: Readonly<Record<StageKind, TablerIcon>> = { model: IconSparkles, transform: IconBraces }

export const SOURCE_ICONS: Readonly<Record<(typeof SOURCE_KINDS)[number], TablerIcon>> = {
  folder: IconFolder,
  csv: IconTable,
  jsonl: IconListDetails,
  text: IconFileDescription,
}

export const SINK_ICONS: Readonly<Record<(typeof SINK_KINDS)[number], TablerIcon>> = {
  jsonl: IconListDetails,
  csv: IconTable,
}

export const NO_SOURCE_ICON: TablerIcon = IconInbox
