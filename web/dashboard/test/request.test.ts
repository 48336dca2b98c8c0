import { beforeEach, expect, test } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { Problem, SignedOut, Unreachable } from '../src/api/problem'
import { begin, beginVisit, end, sessionKind } from '../src/auth/session'
import { type Asked, answering, CONFIG, json, withLocks } from './answering'

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}
const api = new Api('org')

function signIn(expiresIn = 900) {
  begin(POOL, { accessToken: 'first', expiresIn, refreshToken: 'refresh-1' })
}

function isPool({ url }: Asked) {
  return url.hostname === 'pool.example'
}

beforeEach(() => {
  forgetConfig()
  withLocks()
})

test('a call names organization, credentials, version and parameters', async () => {
  signIn()
  const asked = answering(({ url }) => (url.pathname === '/config.json' ? json(CONFIG) : json({ items: [] })))
  const query = { status: ['triggered', 'resolved'] as ('triggered' | 'resolved')[], limit: 5 }
  await api.get('/v1/incidents', { query }).queryFn({ signal: new AbortController().signal })
  const list = asked.at(-1)
  expect(list?.url.href).toBe('https://api.example/v1/incidents?status=triggered&status=resolved&limit=5')
  expect(list?.headers.get('tocsin-organization')).toBe('org')
  expect(list?.headers.get('authorization')).toBe('Bearer first')
  await api.patch('/v1/services/{service_id}', { path: { service_id: 'a/b' }, body: { name: 'x' }, version: 3 })
  const patch = asked.at(-1)
  expect(patch?.url.pathname).toBe('/v1/services/a%2Fb')
  expect(patch?.headers.get('if-match')).toBe('"3"')
  expect(patch?.body).toEqual({ name: 'x' })
})

test('a token that ends is put in order once for all who wait, and the new refresh token is kept', async () => {
  signIn(1)
  const asked = answering(one => {
    if (one.url.pathname === '/config.json') return json(CONFIG)
    if (isPool(one))
      return json({ AuthenticationResult: { AccessToken: 'second', ExpiresIn: 900, RefreshToken: 'refresh-2' } })
    return json({})
  })
  await Promise.all([1, 2, 3].map(() => api.post('/v1/live/tickets')))
  expect(asked.filter(isPool)).toHaveLength(1)
  expect(asked.at(-1)?.headers.get('authorization')).toBe('Bearer second')
  expect(localStorage.getItem('tocsin.session')).toContain('refresh-2')
})

test('a 401 is tried once more with a new token, as after a night with the lid closed', async () => {
  signIn()
  const asked = answering(one => {
    if (one.url.pathname === '/config.json') return json(CONFIG)
    if (isPool(one)) return json({ AuthenticationResult: { AccessToken: 'second', ExpiresIn: 900 } })
    return one.headers.get('authorization') === 'Bearer second' ? json({ ok: true }) : json({ message: 'no' }, 401)
  })
  await api.post('/v1/live/tickets')
  expect(asked.filter(isPool)).toHaveLength(1)
})

test('a session that the pool has ended is over here too', async () => {
  signIn(1)
  answering(one => {
    if (one.url.pathname === '/config.json') return json(CONFIG)
    return json({ __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' }, 400)
  })
  await expect(api.post('/v1/live/tickets')).rejects.toBeInstanceOf(SignedOut)
  expect(sessionKind()).toBeNull()
})

test('a POST without an answer is sent again under the same key', async () => {
  signIn()
  let failures = 1
  const asked = answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    return failures-- > 0 ? new TypeError('network') : json({})
  })
  await api.post('/v1/live/tickets')
  const keys = asked.filter(one => one.method === 'POST').map(one => one.headers.get('idempotency-key'))
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

test('a refusal is a problem with its code, fields and request', async () => {
  signIn()
  answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    const errors = [{ field: 'name', reason: 'is empty' }]
    return json({ code: 'invalid', detail: 'No.', errors, status: 422 }, 422, { 'x-request-id': 'r1' })
  })
  const error = await api.put('/v1/event-rules', { body: { rules: [] }, version: 1 }).catch((found: unknown) => found)
  expect(error).toBeInstanceOf(Problem)
  expect(error).toMatchObject({ status: 422, code: 'invalid', message: 'No.', requestId: 'r1' })
})

test('without a configuration nothing can be reached, and the next call tries anew', async () => {
  signIn()
  let isDown = true
  answering(({ url }) => {
    if (url.pathname === '/config.json') return isDown ? new TypeError('network') : json(CONFIG)
    return json({})
  })
  await expect(api.delete('/v1/me')).rejects.toBeInstanceOf(Unreachable)
  isDown = false
  await expect(api.delete('/v1/me')).resolves.toEqual({})
})

test('a visit to the demo is of one tab, and leaves the session of others alone', async () => {
  signIn()
  const organization = { id: 'demo', name: 'Demo', is_demo: true }
  beginVisit({ token: 'visit', expires_at: '2026-11-21T03:00:00Z', organization })
  expect(sessionKind()).toBe('demo')
  const asked = answering(({ url }) => (url.pathname === '/config.json' ? json(CONFIG) : json({})))
  await api.post('/v1/live/tickets')
  expect(asked.at(-1)?.headers.get('authorization')).toBe('Bearer visit')
  await end()
  expect(sessionKind()).toBe('user')
})
