import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { actorName } from '../src/app/useActors'
import { begin } from '../src/auth/session'
import { MemberRow } from '../src/screens/people/MemberRow'
import { addressesIn, grantable, mayChange } from '../src/screens/people/roles'
import { exported, exportName } from '../src/screens/settings/exporting'
import { answering, CONFIG, json, withLocks } from './answering'
import { ORGANIZATION, renderInside } from './rendering'

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}

const MEMBER = {
  user_id: 'u1',
  name: 'Alice',
  email: 'alice@example.com',
  role: 'responder' as const,
  teams: [],
  version: 4,
  created_at: '2026-01-01T00:00:00Z',
}

beforeEach(() => {
  forgetConfig()
  withLocks()
  begin(POOL, { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' })
})

test('addresses are read from what was pasted', () =>
  expect(addressesIn('a@x.example, Bob <b@x.example>;\n a@x.example nonsense')).toEqual(['a@x.example', 'b@x.example']))

test('nobody gives or takes more than they have', () => {
  expect(grantable('admin').map(one => one.value)).toEqual(['viewer', 'responder', 'admin'])
  expect(mayChange('admin', 'owner')).toBe(false)
  expect(mayChange('owner', 'owner')).toBe(true)
  expect(mayChange('responder', 'viewer')).toBe(false)
})

test('actors have names', () => {
  const people = new Map([['1', 'Alice']])
  expect(actorName('user:1', people)).toBe('Alice')
  expect(actorName('user:2', people)).toBe('Somebody who has left')
  expect(actorName('system:status_reports', people)).toBe('Tocsin')
})

test('an admin changes a role in the version that was read', async () => {
  const asked = answering(({ url }) => json(url.pathname === '/config.json' ? CONFIG : { ...MEMBER, role: 'viewer' }))
  renderInside(<MemberRow member={MEMBER} hue={1} />)
  await userEvent.selectOptions(screen.getByLabelText('Role of Alice'), 'viewer')
  await waitFor(() => expect(asked.some(one => one.method === 'PATCH')).toBe(true))
  const sent = asked.find(one => one.method === 'PATCH')
  expect(sent?.headers.get('if-match')).toBe('"4"')
  expect(sent?.body).toEqual({ role: 'viewer' })
})

test('a viewer and an admin below change nothing', () => {
  const { unmount } = renderInside(<MemberRow member={MEMBER} hue={1} />, { role: 'viewer' })
  expect(screen.queryByLabelText('Role of Alice')).toBeNull()
  unmount()
  renderInside(<MemberRow member={{ ...MEMBER, role: 'owner' }} hue={1} />, { role: 'admin' })
  expect(screen.queryByLabelText('Role of Alice')).toBeNull()
})

test('an export is read to its end, a record a line', async () => {
  answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    const cursor = url.searchParams.get('cursor')
    const items = [{ resource: 'team', data: { name: cursor ?? 'first' } }]
    return json({ items, next_cursor: cursor === null ? 'second' : null })
  })
  const told: number[] = []
  const file = await exported(new Api(ORGANIZATION), records => told.push(records), new AbortController().signal)
  expect(told).toEqual([1, 2])
  expect(
    (await file.text())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).data.name),
  ).toEqual(['first', 'second'])
  expect(exportName('Café Ltd!', Date.parse('2026-11-22T00:00:00Z'))).toBe('caf-ltd-2026-11-22.jsonl')
})
