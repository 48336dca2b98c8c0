import { beforeEach, expect, test } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { begin } from '../src/auth/session'
import { incidentQueries } from '../src/screens/incidents/queries'
import { type Asked, answering, CONFIG, json, withLocks } from './answering'

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}
const queries = incidentQueries(new Api('org'), 'i1')
const { signal } = new AbortController()

beforeEach(() => {
  forgetConfig()
  withLocks()
  begin(POOL, { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' })
})

function entry(id: string, minute: number, kind = 'note') {
  return { id, at: `2026-11-22T03:${minute}:00Z`, kind, actor: 'user:a', actor_name: 'Alice', data: { text: id } }
}

function line(id: string, minute: number, source = 'timeline') {
  return { id, at: `2026-11-22T03:${minute}:00Z`, source, what: 'note', words: id, data: {} }
}

/** A list of two pages of one each. */
function paged({ url }: Asked, first: unknown, second: unknown): Response {
  const isSecond = url.searchParams.get('cursor') === 'on'
  return json(isSecond ? { items: [second], next_cursor: null } : { items: [first], next_cursor: 'on' })
}

test('what an explanation lacks of the timeline is read from the timeline, up to the newest', async () => {
  answering(asked => {
    if (asked.url.pathname === '/config.json') return json(CONFIG)
    if (asked.url.pathname.endsWith('/explanation'))
      return json({ complete: false, lines: [line('old', 10), line('page', 12, 'notification')] })
    return paged(asked, entry('old', 10), entry('new', 11, 'severity_raised'))
  })
  const { lines } = await queries.explanation.queryFn({ signal })
  expect(lines.map(one => [one.id, one.words, one.actor])).toEqual([
    ['old', 'old', undefined],
    ['new', 'severity raised', 'Alice'],
    ['page', 'page', undefined],
  ])
})

test('an explanation that is complete is enough', async () => {
  const asked = answering(({ url }) =>
    url.pathname === '/config.json' ? json(CONFIG) : json({ complete: true, lines: [line('old', 10)] }),
  )
  await queries.explanation.queryFn({ signal })
  expect(asked.filter(({ url }) => url.pathname.startsWith('/v1/'))).toHaveLength(1)
})

test('all pages are read, the newest too', async () => {
  answering(asked =>
    asked.url.pathname === '/config.json' ? json(CONFIG) : paged(asked, { id: 'first' }, { id: 'second' }),
  )
  const { items } = await queries.pages.queryFn({ signal })
  expect(items.map(one => one.id)).toEqual(['first', 'second'])
})
