import { expect, describe as group, test } from 'vitest'
import { inWords, NO_RECURRENCE, recurrenceOf, ruleOf } from '../src/screens/maintenance/recurrence'
import { covered } from '../src/screens/maintenance/WindowRow'
import {
  formPath,
  inputOf,
  isOver,
  movedEnd,
  newWindow,
  valuesOf,
  type Window,
} from '../src/screens/maintenance/windowValues'

const WINDOW: Window = {
  id: 'w1',
  kind: 'maintenance',
  name: 'Upgrade',
  everything: false,
  service_ids: ['s1'],
  monitor_ids: [],
  labels: { host: 'db1' },
  starts_at: '2026-10-24T22:00:00Z',
  ends_at: '2026-10-25T02:00:00Z',
  time_zone: 'Europe/Berlin',
  recurrence: 'FREQ=WEEKLY;BYDAY=SU',
  recurs_until: null,
  open: null,
  upcoming: [],
  cancelled_at: null,
  ended_at: null,
  created_at: '2026-10-01T00:00:00Z',
  created_by: 'user:1',
  version: 2,
}

group('recurrence', () => {
  test.each([
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=3;COUNT=10',
    'FREQ=WEEKLY;BYDAY=SA,SU',
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=YEARLY',
    'FREQ=MONTHLY;BYMONTHDAY=1',
    'FREQ=WEEKLY;BYDAY=MO;WKST=SU',
  ])('%s comes out as it went in', rule => {
    expect(ruleOf(recurrenceOf(rule))).toBe(rule)
  })

  test('what fields can’t say stays a rule', () => {
    expect(recurrenceOf('FREQ=MONTHLY;BYMONTHDAY=1').repeat).toBe('custom')
    expect(recurrenceOf('FREQ=HOURLY').repeat).toBe('custom')
    expect(recurrenceOf(null)).toEqual(NO_RECURRENCE)
    expect(ruleOf(NO_RECURRENCE)).toBeNull()
  })

  test('in words', () => {
    expect(inWords('FREQ=DAILY')).toBe('every day')
    expect(inWords('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,SA')).toBe('every 2 weeks on Saturday and Sunday')
    expect(inWords('FREQ=MONTHLY;BYDAY=-1FR;COUNT=3')).toBe('every month on the last Friday, 3 times')
    expect(inWords('FREQ=MONTHLY;BYMONTHDAY=1')).toBe('FREQ=MONTHLY;BYMONTHDAY=1')
  })
})

group('windows', () => {
  test('come out as they went in, over a change of clocks', () => {
    const values = valuesOf(WINDOW)
    expect([values.starts, values.ends]).toEqual(['2026-10-25T00:00', '2026-10-25T03:00'])
    expect(inputOf(values)).toMatchObject({
      starts_at: '2026-10-24T22:00:00.000Z',
      ends_at: '2026-10-25T02:00:00.000Z',
      service_ids: ['s1'],
      labels: { host: 'db1' },
      recurrence: 'FREQ=WEEKLY;BYDAY=SU',
      recurs_until: null,
    })
  })

  test('send only what they cover', () => {
    const values = { ...valuesOf(WINDOW), covers: 'monitors' as const, monitor_ids: ['m1'] }
    expect(inputOf(values)).toMatchObject({ service_ids: [], labels: {}, monitor_ids: ['m1'], everything: false })
    expect(inputOf({ ...values, covers: 'everything' })).toMatchObject({ monitor_ids: [], everything: true })
  })

  test('a new one is an hour from the next quarter on', () => {
    const found = newWindow({ now: Date.parse('2026-11-22T01:01:00Z'), zone: 'UTC', monitor: 'm1' })
    expect([found.starts, found.ends, found.covers]).toEqual(['2026-11-22T01:15', '2026-11-22T02:15', 'monitors'])
  })

  test('the end moves with the start, and stays where there is none', () => {
    const values = newWindow({ now: Date.parse('2026-11-22T01:01:00Z'), zone: 'UTC' })
    expect(movedEnd(values, '2026-12-31T23:30')).toBe('2027-01-01T00:30')
    expect(movedEnd(values, '')).toBe(values.ends)
  })

  test('errors of the API find their fields', () => {
    expect(['starts_at', 'ends_at', 'recurrence', 'service_ids.0', 'name'].map(formPath)).toEqual([
      'starts',
      'ends',
      'recurrence.rule',
      'service_ids',
      'name',
    ])
  })

  test('are over once nothing of them is ahead', () => {
    const next = { starts_at: '2026-11-29T01:00:00Z', ends_at: '2026-11-29T02:00:00Z' }
    expect(isOver(WINDOW)).toBe(true)
    expect(isOver({ ...WINDOW, upcoming: [next] })).toBe(false)
    expect(isOver({ ...WINDOW, open: next })).toBe(false)
    expect(isOver({ ...WINDOW, upcoming: [next], cancelled_at: '2026-11-01T00:00:00Z' })).toBe(true)
  })

  test('what they cover in words', () => {
    const services = new Map([['s1', 'Checkout']])
    const monitors = new Map([['m1', 'shop']])
    expect(covered(WINDOW, services, monitors)).toBe('Checkout with host=db1')
    expect(covered({ ...WINDOW, service_ids: [] }, services, monitors)).toBe('whatever with host=db1')
    expect(covered({ ...WINDOW, monitor_ids: ['m1', 'm2'] }, services, monitors)).toBe('monitors shop, …')
    expect(covered({ ...WINDOW, everything: true }, services, monitors)).toBe('everything')
  })
})
