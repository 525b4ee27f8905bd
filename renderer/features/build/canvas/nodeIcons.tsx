import {
  IconBraces,
  IconCut,
  IconEye,
  IconFileDescription,
  IconFileSpreadsheet,
  IconFiles,
  IconFileText,
  IconFolder,
  IconFolderDown,
  IconInbox,
  IconListDetails,
  IconListNumbers,
  IconRepeat,
  IconRoute,
  IconSparkles,
  IconStack2,
  IconTable,
  IconWorld,
  IconWorldDownload,
  type TablerIcon,
} from '@tabler/icons-react'
import type { SinkKind } from '../../../../shared/sink.ts'
import type { SourceKind } from '../../../../shared/source.ts'
import type { StageKind } from '../../../../shared/stages.ts'

/** One icon for each kind of stage, source and sink, on the canvas and in the palette alike. */
export const STAGE_ICONS: Readonly<Record<StageKind, TablerIcon>> = {
  model: IconSparkles,
  transform: IconBraces,
  chunk: IconCut,
  map: IconRepeat,
  gather: IconStack2,
  fetch: IconWorldDownload,
  chain: IconRoute,
}

export const SOURCE_ICONS: Readonly<Record<SourceKind | 'several', TablerIcon>> = {
  folder: IconFolder,
  csv: IconTable,
  tsv: IconTable,
  jsonl: IconListDetails,
  json: IconBraces,
  xlsx: IconFileSpreadsheet,
  urls: IconWorld,
  lines: IconListNumbers,
  text: IconFileDescription,
  watch: IconEye,
  several: IconFiles,
}

export const SINK_ICONS: Readonly<Record<SinkKind, TablerIcon>> = {
  jsonl: IconListDetails,
  csv: IconTable,
  folder: IconFolderDown,
  document: IconFileText,
}

export const NO_SOURCE_ICON: TablerIcon = IconInbox
