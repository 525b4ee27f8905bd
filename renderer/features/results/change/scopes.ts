import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { ChangeScope } from '../../../../shared/runChange.ts'

export interface ScopeChoice {
  readonly scope: ChangeScope
  /** `The 716 not finished` */
  readonly label: string
  /** For how many items. */
  readonly items: number
  /** Why it cannot be chosen; null: it can. */
  readonly refusal: string | null
}

/** For whom a change can be; those for nobody are left out. */
export function scopeChoices(summary: Pick<RunSummary, 'counts' | 'lanes'>): readonly ScopeChoice[] {
  const { counts, lanes } = summary
  const rest = counts.waiting + counts.running + counts.cancelled
  const all = rest + counts.failed + counts.succeeded + counts.skipped
  const choices: readonly ScopeChoice[] = [
    {
      scope: { kind: 'rest' },
      label: rest === 1 ? 'The one not finished' : `The ${formatCount(rest)} not finished`,
      items: rest,
      refusal: null,
    },
    {
      scope: { kind: 'failed' },
      label: `${rest > 0 ? '+ the' : 'The'} ${formatCount(counts.failed)} failed`,
      items: counts.failed,
      refusal: null,
    },
    {
      scope: { kind: 'all' },
      label: `All ${formatCount(all)}, finished ones again`,
      items: all,
      refusal:
        lanes.length > 1 ? 'Finished items of this run have gone into groups. Launch the chain anew for that.' : null,
    },
  ]
  return choices.filter(({ items }) => items > 0)
}
