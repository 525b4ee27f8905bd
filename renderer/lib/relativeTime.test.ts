import { expect, it } from 'vitest'
import { relativeTime } from './relativeTime.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const ago = (seconds: number) => relativeTime(NOW - seconds * 1000, NOW)

it('says times in the largest unit that fits, and the last seconds as now', () => {
  expect([3, 45, 90, 3 * 3600, 26 * 3600, 5 * 86_400].map(ago)).toEqual([
    'just now',
    '45 seconds ago',
    '1 minute ago',
    '3 hours ago',
    'yesterday',
    '5 days ago',
  ])
})
