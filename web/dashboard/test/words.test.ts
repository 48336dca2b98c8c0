import { expect, describe as group, test } from 'vitest'
import { noteTime, serverNow } from '../src/api/clock'
import { describe, fieldErrors, isPassing, isStale, Problem, SignedOut, titleOf, Unreachable } from '../src/api/problem'
import { flag, text, word, wordsOf } from '../src/app/search'
import { formatDuration, formatRelative } from '../src/components/Time'
import { formatUptime } from '../src/components/UptimeBar'
import { moved } from '../src/screens/incidents/actions'
import { SNOOZES } from '../src/screens/incidents/snoozing'

group('time', () => {
  test.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [3_599, '59 min'],
    [3_600, '1 h'],
    [11_100, '3 h 5 min'],
    [360_000, '4 d 4 h'],
    [-5, '0 s'],
  ])('%d seconds are %s', (seconds, words) => expect(formatDuration(seconds)).toBe(words))

  test('is told from the reader’s now', () => {
    const now = Date.parse('2026-11-21T03:00:00Z')
    expect(formatRelative('2026-11-21T02:48:00Z', now)).toBe('12 min ago')
    expect(formatRelative('2026-11-21T03:30:00Z', now)).toBe('in 30 min')
    expect(formatRelative('2026-11-21T02:59:55Z', now)).toBe('just now')
  })

  test('is told less precisely the farther off it is', () => {
    const now = Date.parse('2026-11-21T03:00:00Z')
    expect(formatRelative('2026-11-20T21:13:00Z', now)).toBe('5 h 47 min ago')
    expect(formatRelative('2026-11-20T20:13:00Z', now)).toBe('6 h ago')
    expect(formatRelative('2026-11-21T14:59:00Z', now)).toBe('in 11 h')
    expect(formatRelative('2026-11-01T23:00:00Z', now)).toBe('19 d ago')
  })

  test('goes by the servers’ clock when the viewer’s is wrong, and not by the seconds that an answer takes', () => {
    const here = Date.parse('2026-11-21T03:00:00Z')
    noteTime('Sat, 21 Nov 2026 03:20:00 GMT', here)
    expect(serverNow(here)).toBe(here + 20 * 60_000)
    noteTime('Sat, 21 Nov 2026 03:20:01 GMT', here)
    expect(serverNow(here)).toBe(here + 20 * 60_000)
    noteTime('Sat, 21 Nov 2026 03:00:01 GMT', here)
    expect(serverNow(here)).toBe(here)
    noteTime(null)
    noteTime('nonsense')
    expect(serverNow(here)).toBe(here)
  })

  test('is snoozed until eight in the next morning', () => {
    const morning = SNOOZES.at(-1)
    expect(morning?.label).toBe('until 08:00')
    expect(morning?.seconds(new Date(2026, 10, 21, 3, 0))).toBe(5 * 3_600)
    expect(morning?.seconds(new Date(2026, 10, 21, 9, 0))).toBe(23 * 3_600)
  })
})

test('uptime is never rounded up', () => {
  expect(formatUptime(1)).toBe('100%')
  expect(formatUptime(0.99999)).toBe('99.99%')
})

group('an address', () => {
  test('gives what makes sense and nothing else', () => {
    const search = { q: 'a', n: 7, mine: true, status: ['resolved', 'evil'], sort: '<script>' }
    expect(text(search, 'q')).toBe('a')
    expect(text(search, 'n')).toBe('7')
    expect(text(search, 'none')).toBeUndefined()
    expect(flag(search, 'mine')).toBe(true)
    expect(flag(search, 'q')).toBeUndefined()
    expect(word(search, 'sort', ['created_at'])).toBeUndefined()
    expect(wordsOf(search, 'status', ['triggered', 'resolved'])).toEqual(['resolved'])
    expect(wordsOf({ status: 'triggered' }, 'status', ['triggered'])).toEqual(['triggered'])
  })
})

group('a problem', () => {
  const invalid = new Problem(422, 'invalid', 'The policy can’t be used like this.', [
    { field: 'steps.1.delay_seconds', reason: 'is -5; 0 to 2592000 seconds are possible' },
  ])

  test('gives its fields to the form', () => {
    expect(fieldErrors(invalid)).toEqual({ 'steps.1.delay_seconds': 'is -5; 0 to 2592000 seconds are possible' })
    expect(fieldErrors(new Error('x'))).toEqual({})
  })

  test('says what happened and what to do', () => {
    expect(describe(new Problem(429, 'rate_limited', 'Too many.', [], null, 12))).toBe('Too many. Try again in 12 s.')
    expect(titleOf(new Problem(403, 'demo_read_only', ''))).toBe('This is the demo')
    expect(titleOf(new Unreachable())).toBe('No connection')
    expect(titleOf(new Unreachable('sent'))).toBe('No answer')
    expect(titleOf(new SignedOut())).toBe('You have been signed out')
    expect(titleOf(new Problem(502, 'unknown', ''))).toBe('Something broke on our side')
  })

  test('is tried again only when that may help', () => {
    expect([503, 429].map(status => isPassing(new Problem(status, 'x', '')))).toEqual([true, true])
    expect([400, 403, 404, 409, 412].map(status => isPassing(new Problem(status, 'x', '')))).not.toContain(true)
    expect(isPassing(new Unreachable())).toBe(true)
    expect(isStale(new Problem(412, 'stale_version', ''))).toBe(true)
  })
})

test('a move is shown before it is carried out', () => {
  const one = { status: 'triggered', snoozed_until: '2026-11-21T09:00:00Z' } as Parameters<typeof moved>[0]
  expect(moved(one, 'acknowledge', 'Alice', 'now')).toMatchObject({
    status: 'acknowledged',
    acknowledged_by_name: 'Alice',
    snoozed_until: null,
  })
  expect(moved(one, 'reopen', 'Alice', 'now')).toMatchObject({ status: 'triggered', resolved_at: null })
})
