import { Tooltip } from '@mantine/core'
import { relativeTime } from '../lib/relativeTime.ts'
import { useNow } from './useNow.ts'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** `3 minutes ago`, the exact time on hover. `at`: Unix milliseconds. */
export function RelativeTime({ at }: { readonly at: number }) {
  const now = useNow(30_000)
  return (
    <Tooltip label={exact.format(at)}>
      <time dateTime={new Date(at).toISOString()}>{relativeTime(at, now)}</time>
    </Tooltip>
  )
}
