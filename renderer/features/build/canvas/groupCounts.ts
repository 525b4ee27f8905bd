import { formatCount } from '../../../../shared/format.ts'
import type { GatherCounts, PackCounts } from '../../../../shared/group.ts'

interface CountWords {
  readonly text: string
  /** In full, for the tooltip. */
  readonly label: string
}

/** How a gather does: `7/10 waiting · 3 groups`. */
export function gatherWords({ groups, waiting, size, filtered, unmatched, members }: GatherCounts): CountWords {
  const released = groups.size + groups.within + groups.end
  // Items join in their order: those that are done before an earlier one wait for it, however many they are.
  const isOneGroup = size !== null && waiting <= size
  const open = isOneGroup ? `${formatCount(waiting)}/${formatCount(size)}` : formatCount(waiting)
  const said = [
    `${formatCount(members)} items in ${formatCount(released)} groups`,
    ...reasons(groups),
    ...(filtered > 0 ? [`${formatCount(filtered)} filtered out`] : []),
    ...(unmatched > 0 ? [`${formatCount(unmatched)} without a partner`] : []),
  ]
  return {
    text: `${open} waiting · ${formatCount(released)} ${released === 1 ? 'group' : 'groups'}`,
    label: said.join(', '),
  }
}

/** How shared calls do: `⊞ 3/25` wait for theirs. */
export function packWords({ waiting, size, calls, answered, again, reasons: sealed }: PackCounts): CountWords {
  const said = [
    `${formatCount(answered)} items answered in ${formatCount(calls)} calls`,
    ...(again > 0 ? [`${formatCount(again)} asked again`] : []),
    ...reasons(sealed),
  ]
  return { text: `⊞ ${formatCount(waiting)}/${formatCount(size)}`, label: said.join(', ') }
}

const REASONS: Readonly<Record<string, string>> = {
  size: 'full',
  tokens: 'full by tokens',
  within: 'by time',
  end: 'at the end',
}

function reasons(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${formatCount(count)} ${REASONS[reason] ?? reason}`)
}
