import { useNow } from '../../ui/useNow.ts'

/** To the second on the day itself: a worker is often saved several times a minute. */
export function VersionTime({ at }: { readonly at: number }) {
  const now = useNow(60_000)
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return <time dateTime={new Date(at).toISOString()}>{isToday ? `Today, ${clock.format(at)}` : day.format(at)}</time>
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
