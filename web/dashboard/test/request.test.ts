import { beforeEach, expect, test, vi } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { Problem, SignedOut, Unreachable } from '../src/api/problem'
import { refusal, TOO_LATE } from '../src/auth/cognito'
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

/** An answer that breaks off in its middle. */
function broken(): Response {
  return new Response(
    new ReadableStream({
      start: stream => {
        stream.enqueue(new TextEncoder().encode('{"items": ['))
        stream.error(new TypeError('network'))
      },
    }),
  )
}

test('an answer that breaks off in its middle is none: what may be is sent again', async () => {
  signIn()
  let failures = 1
  const asked = answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    return failures-- > 0 ? broken() : json({ ok: true })
  })
  expect(await api.post('/v1/live/tickets')).toEqual({ ok: true })
  expect(asked.filter(one => one.method === 'POST')).toHaveLength(2)
  failures = 1
  const { queryFn } = api.get('/v1/incidents')
  await expect(queryFn({ signal: new AbortController().signal })).rejects.toBeInstanceOf(Unreachable)
})

test('a request that is still being carried out is waited for', async () => {
  vi.useFakeTimers()
  signIn()
  const started = Date.now()
  const asked = answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    if (asked.length === 2) return new TypeError('network')
    const isDone = Date.now() - started > 20_000
    return isDone ? json({ ok: true }) : json({ code: 'idempotent_request_running', detail: 'Running.' }, 409)
  })
  const call = api.post('/v1/live/tickets')
  await vi.advanceTimersByTimeAsync(40_000)
  expect(await call).toEqual({ ok: true })
  expect(new Set(asked.flatMap(one => one.headers.get('idempotency-key') ?? [])).size).toBe(1)
  vi.useRealTimers()
})

test.each([
  ['a read', 'GET', true, 'Tocsin can’t be reached. Check your connection.'],
  ['a change that may have been carried out', 'PUT', true, 'It may have been done all the same'],
  ['a change that never left', 'PUT', false, 'Nothing has been changed.'],
])('what is said when no answer comes to %s', async (_, method, isOnline, said) => {
  signIn()
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  answering(({ url }) => (url.pathname === '/config.json' ? json(CONFIG) : new TypeError('network')))
  const call =
    method === 'GET'
      ? api.get('/v1/incidents').queryFn({ signal: new AbortController().signal })
      : api.put('/v1/event-rules', { body: { rules: [] }, version: 1 })
  await expect(call).rejects.toThrow(said)
  vi.restoreAllMocks()
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

test.each([
  ['a code that is wrong', 'CodeMismatchException', 'Code mismatch', 'CodeMismatchException'],
  [
    'a sign-in that took too long',
    'NotAuthorizedException',
    'Invalid session for the user, session is expired.',
    TOO_LATE,
  ],
  ['a wrong password', 'NotAuthorizedException', 'Incorrect username or password.', 'NotAuthorizedException'],
])('the pool’s refusals are told apart: %s', (_, code, said, found) => {
  expect(refusal(code, said).code).toBe(found)
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
