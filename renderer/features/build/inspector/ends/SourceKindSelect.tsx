import { Group, Select, type SelectProps, Text } from '@mantine/core'
import type { SourceKind } from '../../../../../shared/source.ts'
import { SOURCE_ICONS } from '../../canvas/nodeIcons.tsx'
import { SOURCES } from '../../palette/endEntries.ts'

type Kind = SourceKind | 'several'

interface SourceKindSelectProps {
  readonly label: string
  /** null: there is no source. */
  readonly value: Kind | null
  /** Several named sources may be chosen, too. */
  readonly withSeveral?: boolean
  readonly onChange: (kind: Kind) => void
}

/** The kinds of source, in the words of the palette. */
export function SourceKindSelect({ label, value, withSeveral = false, onChange }: SourceKindSelectProps) {
  const entries = SOURCES.filter(({ source }) => withSeveral || source !== 'several')
  const Icon = value === null ? null : SOURCE_ICONS[value]
  return (
    <Select
      aria-label={label}
      placeholder="no source yet"
      data={entries.map(({ source, title }) => ({ value: source, label: title }))}
      value={value}
      allowDeselect={false}
      maxDropdownHeight={420}
      leftSection={Icon === null ? null : <Icon size={16} stroke={1.5} />}
      renderOption={KindOption}
      onChange={(next) => {
        if (next !== null) onChange(next as Kind)
      }}
    />
  )
}

const KindOption: NonNullable<SelectProps['renderOption']> = ({ option }) => {
  const entry = SOURCES.find(({ source }) => source === option.value)
  const Icon = SOURCE_ICONS[option.value as Kind]
  return (
    <Group gap={8} wrap="nowrap">
      <Icon size={16} stroke={1.5} color="var(--quiet)" />
      <span>
        <Text size="md">{option.label}</Text>
        <Text size="xs" c="dimmed">
          {entry?.hint}
        </Text>
      </span>
    </Group>
  )
}
