import {
  IconAlignLeft,
  IconBook,
  IconForms,
  IconLayersLinked,
  IconMessage2,
  IconNews,
  IconTags,
  type TablerIcon,
} from '@tabler/icons-react'
import type { StageKind } from '../../../../shared/stages.ts'
import { SINK_ICONS, SOURCE_ICONS, STAGE_ICONS } from '../canvas/nodeIcons.tsx'
import { PALETTE } from './paletteEntries.ts'

const TEMPLATE_ICONS: Readonly<Record<string, TablerIcon>> = {
  extract: IconForms,
  classify: IconTags,
  summarise: IconAlignLeft,
  reply: IconMessage2,
  sections: IconBook,
  digest: IconNews,
  label: IconLayersLinked,
}

/** The icon of each palette entry, by its id. */
export const ENTRY_ICONS: Readonly<Record<string, TablerIcon>> = Object.fromEntries(
  PALETTE.map((entry) => {
    if ('source' in entry) return [entry.id, SOURCE_ICONS[entry.source]]
    if ('sink' in entry) return [entry.id, SINK_ICONS[entry.sink]]
    return [entry.id, TEMPLATE_ICONS[entry.id] ?? STAGE_ICONS[entry.id as StageKind]]
  }),
)
