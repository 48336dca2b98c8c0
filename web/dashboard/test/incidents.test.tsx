import { expect, test } from 'vitest'
import { setScreenTitle, setTitleCount } from '../src/app/tabTitle'
import type { Incident } from '../src/screens/incidents/actions'
import { attemptOf, channelOf } from '../src/screens/incidents/fates'
import { groupsOf } from '../src/screens/incidents/order'
import {
  endOf,
  eventOf,
  fateOfStep,
  type Line,
  minutesOf,
  pagedOf,
  recipientsOf,
  roundOf,
  toldOf,
  wordsOf,
} from '../src/screens/incidents/story'

let count = 0

function line(what: string, data: Line['data'] = {}, more: Partial<Line> = {}): Line {
  count += 1
  return { at: '2026-11-22T03:10:00Z', source: 'timeline', id: `l${count}`, what, words: what, data, ...more }
}

function paged(recipients: string[], step: number, at: string): Line {
  return line('paged', { recipients, step, round: 1 }, { at })
}

function handedOver(name: string, channel: string): Line {
  return line('notification_delivered', { target: `user:${name}`, target_name: name, channel })
}

const FIRST = paged(['Tomas'], 1, '2026-11-22T03:10:00Z')
const SECOND = paged(['Priya', 'Jonas'], 2, '2026-11-22T03:15:00Z')

test('all who were paged are named, the last of them first', () => {
  expect(pagedOf([FIRST, SECOND, paged(['Tomas'], 1, '2026-11-22T03:20:00Z')])).toEqual({
    names: ['Tomas', 'Priya', 'Jonas'],
    last: '2026-11-22T03:20:00Z',
  })
  expect(pagedOf([line('triggered')])).toBeNull()
})

test('the end of an escalation names the fallback only where one was paged', () => {
  const at = '2026-11-22T03:40:00Z'
  const own = line('fallback_paged', { fallback: 'policy', recipients: ['Maya'] }, { at: '2026-11-22T03:30:00Z' })
  expect(endOf([FIRST])).toBeUndefined()
  expect(endOf([FIRST, line('escalation_exhausted', { fallback: false }, { at })])).toBe('nobody')
  expect(endOf([FIRST, line('escalation_exhausted', { fallback: true }, { at })])).toEqual({
    who: 'the fallback contact',
    at,
  })
  const withOwn = [FIRST, own, line('escalation_exhausted', { fallback: false }, { at })]
  expect(endOf(withOwn)).toEqual({ who: 'the policy’s fallback (Maya)', at: '2026-11-22T03:30:00Z' })
  expect(endOf([...withOwn, line('escalation_exhausted', { fallback: false })])).toBe('nobody')
})

test('a step that was not taken has not stayed without an answer', () => {
  const lines = [FIRST, line('step_passed', { step: 2, round: 1 }), line('step_reached_nobody', { step: 3, round: 1 })]
  expect([0, 1, 2, 3].map(position => fateOfStep(lines, position))).toEqual([
    'no answer',
    'passed over',
    'reached nobody',
    'no answer',
  ])
})

test('an escalation that is through with its rounds is in the last of them', () => {
  expect([0, 1, 2].map(round => roundOf(round, 2))).toEqual([1, 2, 2])
})

test('receipts stand with the page that they are of, and failures by themselves', () => {
  const failed = line('notification_failed', { target: 'user:Tomas', target_name: 'Tomas', channel: 'email' })
  const told = toldOf([
    line('opened', {}, { source: 'event' }),
    FIRST,
    SECOND,
    handedOver('Priya', 'email'),
    handedOver('Tomas', 'slack'),
    handedOver('Priya', 'slack'),
    handedOver('Priya', 'slack'),
    handedOver('Somebody else', 'email'),
    failed,
  ])
  expect(told.map(one => one.line.what)).toEqual(['paged', 'paged', 'notification_delivered', 'notification_failed'])
  expect(told[0]?.receipts).toEqual([{ who: null, channels: ['slack'] }])
  expect(told[1]?.receipts).toEqual([{ who: 'Priya', channels: ['email', 'slack'] }])
})

test('a page says to whom and by which step, and leaves why to others', () => {
  const words = 'paged Tomas (step 1, round 2): Tomas is on call in rota: layer days'
  expect(wordsOf({ ...FIRST, words, data: { ...FIRST.data, round: 2 } })).toBe('Paged Tomas · step 1, round 2')
  expect(wordsOf(FIRST)).toBe('Paged Tomas · step 1')
  expect(wordsOf(line('acknowledged', {}, { words: 'it was acknowledged' }))).toBe('It was acknowledged')
})

test('the fallback contact is one recipient, under either name', () => {
  const page = line('fallback_paged', { recipients: ['fallback contact'] })
  const receipt = line('notification_delivered', {
    target: 'fallback',
    target_name: 'the fallback contact',
    channel: 'email',
  })
  expect(recipientsOf(page)).toEqual(['the fallback contact'])
  expect(toldOf([page, receipt])).toEqual([{ line: page, receipts: [{ who: null, channels: ['email'] }] }])
})

test('attempts stand with their page, in the minute in which it was decided on', () => {
  const page = { source: 'notification', id: 'n1' } as const
  const intended = line('intended', {}, page)
  const attempted = line('attempted', {}, { ...page, at: '2026-11-22T03:11:02Z' })
  const later = line('acknowledged', {}, { at: '2026-11-22T03:12:00Z' })
  const minutes = minutesOf([intended, attempted, later])
  expect(minutes.map(one => one.at)).toEqual([intended.at, later.at])
  expect(minutes[0]?.strands).toEqual([{ line: intended, rest: [attempted] }])
})

test('an alert leads to its last event, or to its first where the last is not told', () => {
  const event = (id: string, at: string, summary = 'disk full') =>
    line('opened', {}, { source: 'event', id, at, words: `trigger “${summary}” came: it opened one` })
  const alert = {
    summary: 'disk full',
    first_event_at: '2026-11-22T03:10:00Z',
    last_event_at: '2026-11-22T03:12:00.000Z',
  } as Parameters<typeof eventOf>[0]
  const first = event('first', '2026-11-22T03:10:00Z')
  const others = [event('other', '2026-11-22T03:12:00Z', 'else'), event('last', '2026-11-22T03:12:00Z')]
  expect(eventOf(alert, [first, ...others])).toEqual({ id: 'last', which: 'last' })
  expect(eventOf(alert, [first])).toEqual({ id: 'first', which: 'first' })
  expect(eventOf(alert, [])).toBeNull()
})

test('attempts are told as people tell them, also of channels and reasons that are newer than this page', () => {
  const attempt = { state: 'temporary', reason: 'throttled', detail: null } as Parameters<typeof attemptOf>[0]
  expect(attemptOf(attempt)).toBe('failed for now: the provider took no more just then')
  expect(attemptOf({ ...attempt, state: 'permanent', reason: 'http_410', detail: 'Gone' })).toBe(
    'failed for good: http 410 (Gone)',
  )
  expect(['email', 'slack', 'carrier_pigeon'].map(one => channelOf(one).name)).toEqual([
    'E-mail',
    'Slack',
    'carrier pigeon',
  ])
})

test('what nobody has is shown first, the worst of it and then the newest before others', () => {
  const one = (id: string, status: Incident['status'], severity: Incident['severity']) =>
    ({ id, status, severity }) as Incident
  const newestFirst = [
    one('a', 'acknowledged', 'critical'),
    one('b', 'triggered', 'warning'),
    one('c', 'triggered', 'critical'),
    one('d', 'acknowledged', 'info'),
    one('e', 'triggered', 'warning'),
  ]
  expect(groupsOf(newestFirst).map(({ name, incidents }) => [name, incidents.map(({ id }) => id).join('')])).toEqual([
    ['Nobody has it', 'cbe'],
    ['In hand', 'ad'],
  ])
  expect(groupsOf(newestFirst.slice(0, 1)).map(({ name }) => name)).toEqual(['In hand'])
})

test('the title of the tab says how many incidents nobody has', () => {
  setScreenTitle('Incidents · Tocsin')
  setTitleCount('2')
  expect(document.title).toBe('(2) Incidents · Tocsin')
  setScreenTitle('Monitors · Tocsin')
  expect(document.title).toBe('(2) Monitors · Tocsin')
  setTitleCount(null)
  expect(document.title).toBe('Monitors · Tocsin')
})
