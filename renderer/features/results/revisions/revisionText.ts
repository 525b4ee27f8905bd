import { assertNever } from '../../../../shared/assertNever.ts'
import type { RunRevision } from '../../../../shared/runChange.ts'

/** Whom a revision was for: `for what was not finished`. */
export function scopeText({ scope }: RunRevision): string {
  switch (scope) {
    case null:
      return 'as launched'
    case 'rest':
      return 'for what was not finished'
    case 'failed':
      return 'for what was not finished or had failed'
    case 'all':
      return 'for all items'
    case 'items':
      return 'for some failed items'
    default:
      return assertNever(scope)
  }
}
