import { expect, test } from 'vitest'
import { askedOf, datesOf, daysFrom, hourName, isNight, share } from '../src/screens/analytics/asked'
import { isNoisy } from '../src/screens/analytics/NoiseCard'

const NOW = Date.parse('2026-11-21T23:30:00Z')
const BERLIN = { time_zone: 'Europe/Berlin' }

test('days begin at midnight of the zone that is asked for', () => {
  expect(datesOf(BERLIN, NOW)).toEqual({ from: '2026-10-23', to: '2026-11-22' })
  expect(askedOf(BERLIN, NOW).response).toMatchObject({
    from: '2026-10-22T22:00:00.000Z',
    to: undefined,
    interval: 'day',
    time_zone: 'Europe/Berlin',
  })
})

test('dates that are chosen are both within', () => {
  const search = { ...BERLIN, span: 'dates' as const, from: '2026-03-01', to: '2026-03-31' }
  expect(askedOf(search, NOW).services).toMatchObject({
    from: '2026-02-28T23:00:00.000Z',
    to: '2026-03-31T22:00:00.000Z',
  })
  expect(datesOf({ ...search, from: undefined }, NOW)).toEqual({ from: '2026-03-01', to: '2026-03-31' })
  expect(daysFrom('2026-02-28', 1)).toBe('2026-03-01')
})

test('long times are told by longer intervals, unless the address says', () => {
  expect(askedOf({ span: 'quarter' }, NOW).response.interval).toBe('week')
  expect(askedOf({ span: 'year' }, NOW).response.interval).toBe('month')
  expect(askedOf({ span: 'year', interval: 'day' }, NOW).response.interval).toBe('day')
})

test('a night goes over midnight', () => {
  const night = Array.from({ length: 24 }, (_, hour) => hour).filter(hour => isNight(hour, 22, 7))
  expect(night).toEqual([0, 1, 2, 3, 4, 5, 6, 22, 23])
  expect(isNight(3, 1, 5)).toBe(true)
  expect(isNight(5, 1, 5)).toBe(false)
  expect(hourName(7)).toBe('07:00')
})

test('a share of nothing is none', () => {
  expect(share(null)).toBe('–')
  expect(share(0.426)).toBe('43%')
})

test('what ends by itself, unseen and often, is noisy', () => {
  const noise = { incidents: 10, unacknowledged_share: 0.6, auto_resolved_share: 0.9 } as Parameters<typeof isNoisy>[0]
  expect(isNoisy(noise)).toBe(true)
  expect(isNoisy({ ...noise, incidents: 3 })).toBe(false)
  expect(isNoisy({ ...noise, auto_resolved_share: null })).toBe(false)
})
