import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { placeOf } from '../src/app/places'
import { isAbout } from '../src/app/useLint'
import { remedyElsewhere, remedyPlace } from '../src/components/remedies'
import { groupWords, type KeyValues, keyErrors, keyInput, refusal, stateOf } from '../src/screens/api-keys/keys'
import { ChangeTable } from '../src/screens/audit/ChangeTable'
import { changesOf } from '../src/screens/audit/changes'
import { exported } from '../src/screens/audit/exporting'
import { dayOf, spanOf } from '../src/screens/audit/span'
import { actionName, actionsOf, actorOf, KINDS, nameOf, sentenceOf } from '../src/screens/audit/words'
import { renderInside } from './rendering'

const NOW = Date.parse('2026-11-22T03:00:00Z')
const KEY = {
  id: 'k1',
  name: 'Deploy',
  role: 'responder' as const,
  access: 'write' as const,
  groups: null,
  user_id: null,
  hint: '1572',
  created_by: 'user:u1',
  created_at: '2026-11-01T00:00:00Z',
  expires_at: null,
  last_used_at: null,
  revoked_at: null,
}
const ENTRY = {
  id: 'e1',
  at: '2026-11-22T03:00:00Z',
  actor_kind: 'user',
  actor_id: 'u1',
  action: 'service.updated',
  subject_kind: 'service',
  subject_id: 's1',
  before: null,
  after: null,
  request_id: null,
  source_address: null,
}

test('a key stands as its times say', () => {
  expect(stateOf(KEY, NOW)).toBe('never used')
  expect(stateOf({ ...KEY, last_used_at: KEY.created_at }, NOW)).toBe('in use')
  expect(stateOf({ ...KEY, expires_at: '2026-11-23T00:00:00Z' }, NOW)).toBe('ending')
  expect(stateOf({ ...KEY, expires_at: '2026-11-22T03:00:00Z' }, NOW)).toBe('ended')
  expect(stateOf({ ...KEY, revoked_at: KEY.created_at, expires_at: KEY.created_at }, NOW)).toBe('revoked')
})

test('nobody replaces a key that may do more than they, but ends their own', () => {
  expect(refusal('admin', 'owner', false, true)).not.toBeNull()
  expect(refusal('admin', 'owner', true, false)).not.toBeNull()
  expect(refusal('responder', 'admin', true, true)).toBeNull()
  expect(refusal('owner', 'owner', false, false)).toBeNull()
})

const VALUES: KeyValues = {
  name: ' Deploy ',
  personal: false,
  role: 'responder',
  access: 'write',
  scope: 'some',
  groups: ['incidents'],
  expires: 'never',
  ends: '',
}

test('a key is asked for as it was filled in', () => {
  expect(keyInput(VALUES)).toEqual({
    name: 'Deploy',
    personal: false,
    role: 'responder',
    access: 'write',
    groups: ['incidents'],
    expires_at: null,
  })
  expect(keyInput({ ...VALUES, role: 'viewer', scope: 'all' })).toMatchObject({ access: 'read', groups: null })
  expect(keyErrors({ ...VALUES, name: ' ', groups: [], expires: 'date', ends: '2001-01-01T00:00' })).toEqual({
    name: 'say what it is for',
    groups: 'choose at least one',
    ends: 'must be in the future',
  })
  expect(keyErrors({ ...VALUES, expires: 'date' }).ends).toBe('give a date and a time')
  expect(keyErrors(VALUES)).toEqual({})
})

test('groups are told, the first of many', () => {
  expect(groupWords(['keys', 'incidents'])).toBe('incidents, API keys')
  expect(groupWords(['incidents', 'services', 'teams', 'audit'])).toBe(
    'incidents, services and integrations and 2 more',
  )
})

test('entries are sentences, also of what is not known yet', () => {
  expect(sentenceOf('service.created')).toBe('made the service {}')
  expect(sentenceOf('invitation.resent')).toBe('sent the invitation of {} again')
  expect(sentenceOf('rabbit.painted_over')).toBe('painted over the rabbit {}')
  expect(actionName('invitation.resent')).toBe('Sent the invitation of … again')
  expect(actionName('api_key.rotated')).toBe('Replaced the API key')
  for (const kind of Object.keys(KINDS))
    for (const action of actionsOf(kind)) expect(actionName(action)).toMatch(/^[A-Z][^{}_]+$/)
})

test('things and actors have names', () => {
  expect(nameOf({ before: { name: 'Old' }, after: { name: 'New' } })).toBe('New')
  expect(nameOf({ before: { email: 'a@x.example' }, after: null })).toBe('a@x.example')
  expect(nameOf({ before: null, after: { hint: 'CEZW' } })).toBe('…CEZW')
  expect(nameOf({ before: null, after: null })).toBeNull()
  expect(actorOf({ actor_kind: 'system', actor_id: null })).toBe('system')
  expect(actorOf(ENTRY)).toBe('user:u1')
})

test('what differs is told by field, in words', () => {
  const id = '0197c2f0-6f5e-7d1c-9a43-0d5b8c1f2e11'
  const before = { id, version: 1, name: 'a', policy_id: null, steps: [{ delay_seconds: 0 }, { delay_seconds: 600 }] }
  const after = { id, version: 2, name: 'a', policy_id: id, steps: [{ delay_seconds: 0 }, { delay_seconds: 300 }] }
  expect(changesOf({ before, after }, new Map([[id, 'Day and night']]))).toEqual([
    { field: 'Policy', before: null, after: 'Day and night' },
    { field: 'Steps › 2 › Delay', before: '10 min', after: '5 min' },
  ])
  expect(
    changesOf({ before: null, after: { name: 'a', groups: ['x', 'y'], on: true, none: null } }, new Map()),
  ).toEqual([
    { field: 'Name', before: null, after: 'a' },
    { field: 'Groups', before: null, after: 'x, y' },
    { field: 'On', before: null, after: 'yes' },
  ])
  expect(changesOf({ before: null, after: null }, new Map())).toEqual([])
})

test('of many fields the first are shown, the rest on demand', async () => {
  const after = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`field_${n}`, `<b>${n}</b>`]))
  renderInside(<ChangeTable entry={{ ...ENTRY, after }} names={new Map()} />)
  expect(screen.queryByText('<b>20</b>')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Show 18 more' }))
  expect(screen.getByText('<b>20</b>')).toBeTruthy()
})

test('days are whole days of the viewer', () => {
  const { from, to } = spanOf({ from: '2026-03-28', to: '2026-03-29' })
  expect(from).toBe(new Date('2026-03-28T00:00').toISOString())
  expect(to).toBe(new Date('2026-03-30T00:00').toISOString())
  expect(spanOf({})).toEqual({ from: undefined, to: undefined })
  expect(dayOf('2026-11-22T12:00:00Z')).toMatch(/2026/)
})

test('an export is read part by part', async () => {
  const asked: unknown[] = []
  const file = async (_: string, call: { query: { cursor?: string } }) => {
    asked.push(call.query)
    return call.query.cursor ? { text: 'b\n', cursor: null } : { text: 'a\n', cursor: 'next' }
  }
  const api = { file } as unknown as Parameters<typeof exported>[0]
  const parts: number[] = []
  const made = await exported(api, { action: 'x' }, 'csv', n => parts.push(n), new AbortController().signal)
  expect(await made.text()).toBe('a\nb\n')
  expect(parts).toEqual([1, 2])
  expect(asked).toEqual([
    { action: 'x', format: 'csv', cursor: undefined },
    { action: 'x', format: 'csv', cursor: 'next' },
  ])
})

const FINDING = {
  code: 'routing_key_unused' as const,
  level: 'info' as const,
  subject: { kind: 'routing_key', id: 'r1', name: 'checkout', part_of: { kind: 'integration', id: 'i1' } },
  reason: 'no event has come by it',
  remedy: 'revoke it',
}

test('things are found by kind and id, and within others', () => {
  expect(placeOf('o', 'service', 's1')?.params).toEqual({ org: 'o', service: 's1' })
  expect(placeOf('o', 'routing_key', 'r1', { integration_id: 'i1' })?.params).toEqual({ org: 'o', integration: 'i1' })
  expect(placeOf('o', 'event_rules', 'e1', { service_id: null })?.to).toBe('/o/$org/event-rules')
  expect(placeOf('o', 'event_rules', 'e1', { service_id: 's1' })?.search).toEqual({ tab: 'rules' })
  expect(placeOf('o', 'rabbit', 'r')).toBeNull()
})

test('findings lead to where they are mended, and nowhere once one is there', () => {
  expect(isAbout(FINDING, 'r1') && isAbout(FINDING, 'i1')).toBe(true)
  expect(remedyPlace('o', FINDING, 'u1')?.params).toEqual({ org: 'o', integration: 'i1' })
  expect(remedyElsewhere('o', FINDING, 'u1', 'i1')).toBeNull()
  const person = { ...FINDING, subject: { kind: 'user', id: 'u1', name: 'Alice', part_of: null } }
  expect(remedyPlace('o', person, 'u1')?.to).toBe('/o/$org/me')
  expect(remedyPlace('o', person, 'u2')?.to).toBe('/o/$org/people/$user')
  const service = { kind: 'service', id: 's1', name: 'Shop', part_of: null }
  const bare = { ...FINDING, code: 'service_without_policy' as const, subject: service }
  expect(remedyElsewhere('o', bare, null, 's1')?.search).toEqual({ tab: 'settings' })
})
