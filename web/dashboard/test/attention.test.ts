import { expect, test } from 'vitest'
import { countsOf, divided } from '../src/screens/monitors/attention'
import type { Monitor, Spec } from '../src/screens/monitors/words'
import { monitor, SPECS } from './monitorSpecs'

const PAUSED_AT = '2026-11-22T00:00:00Z'

function one(id: string, given: Partial<Monitor> = {}): Monitor {
  return monitor(SPECS[1] as Spec, { id, ...given })
}

test('what needs attention is told apart, the worst first', () => {
  const monitors = [
    one('well'),
    one('stale', { is_stale: true }),
    one('new', { status: 'unknown' }),
    one('flapping', { is_flapping: true }),
    one('slow', { status: 'degraded' }),
    one('maybe', { pending_status: 'down' }),
    one('down', { status: 'down', is_flapping: true }),
    one('kept still', { status: 'down', paused_at: PAUSED_AT }),
    one('down too', { status: 'down' }),
  ]
  const { urgent, rest } = divided(monitors)
  expect(urgent.map(({ id }) => id)).toEqual(['down', 'down too', 'slow', 'flapping', 'new', 'stale'])
  expect(rest.map(({ id }) => id)).toEqual(['well', 'maybe', 'kept still'])
})

test('a filter shows as many as it says, also of those that are paused', () => {
  const monitors = [one('a'), one('b', { status: 'down' }), one('c', { status: 'down', paused_at: PAUSED_AT })]
  expect(countsOf(monitors, ['down', 'degraded', 'up', 'paused'])).toEqual({ down: 2, degraded: 0, up: 1, paused: 1 })
  expect(countsOf(monitors, ['down'])).toEqual({ down: 2 })
})
