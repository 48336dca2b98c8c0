import { MutationObserver } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { SignedOut } from '../src/api/problem'
import { createQueryClient } from '../src/app/queries'
import { begin, beginVisit, end, onEnd, sessionKind } from '../src/auth/session'
import { type Asked, answering, CONFIG, json } from './answering'

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}
const KEY = 'tocsin.session'
const RENEWED = { AuthenticationResult: { AccessToken: 'second', ExpiresIn: 900, RefreshToken: 'refresh-2' } }
const REVOKED = { __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' }
const api = new Api('org')
/** Let go of what the pool was asked for, once that is there. */
let release: () => void

function signIn(refreshToken = 'refresh-1', expiresIn = 1) {
  begin(POOL, { accessToken: 'first', expiresIn, refreshToken })
}

/** As a browser does it: one after another. */
function withQueue(): void {
  let last: Promise<unknown> = Promise.resolve()
  const request = (_: string, does: () => Promise<unknown>) => {
    last = last.then(does, does)
    return last
  }
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } })
}

const operation = ({ headers }: Asked) => headers.get('x-amz-target')?.split('.')[1]
const tokens = (asked: Asked[], name: string) =>
  asked.filter(one => operation(one) === name).map(({ body }) => Object.values(body as Record<string, string>)[1])

/** What the pool is asked first for waits until it is let go of. */
function waiting(first: () => Response): Asked[] {
  const asked = answering(one => {
    if (one.url.pathname === '/config.json') return json(CONFIG)
    return operation(one) === 'GetTokensFromRefreshToken' ? json(RENEWED) : json({})
  })
  const answers = fetch
  let isFirst = true
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const found = await answers(input, init)
    const isRenewal = new Headers(init.headers).get('x-amz-target')?.endsWith('GetTokensFromRefreshToken')
    if (!isRenewal || !isFirst) return found
    isFirst = false
    await released
    return first()
  })
  return asked
}

const renewing = (asked: Asked[]) =>
  vi.waitFor(() => expect(tokens(asked, 'GetTokensFromRefreshToken')).toHaveLength(1))

beforeEach(() => {
  forgetConfig()
  withQueue()
})

test('a renewal that comes back after signing out brings no session back, and its token is revoked', async () => {
  signIn()
  const asked = waiting(() => json(RENEWED))
  const call = api.post('/v1/live/tickets').catch((error: unknown) => error)
  await renewing(asked)
  const ended = end()
  expect(sessionKind()).toBeNull()
  release()
  expect(await call).toBeInstanceOf(SignedOut)
  await ended
  expect(localStorage.getItem(KEY)).toBeNull()
  expect(tokens(asked, 'RevokeToken').sort()).toEqual(['refresh-1', 'refresh-2'])
})

test.each([
  ['is granted', () => json(RENEWED)],
  ['is refused', () => json(REVOKED, 400)],
])('who signs in again keeps their session when an earlier renewal %s', async (_, answer) => {
  signIn()
  const asked = waiting(answer)
  const call = api.post('/v1/live/tickets')
  await renewing(asked)
  signIn('another-1')
  release()
  await call
  expect(tokens(asked, 'GetTokensFromRefreshToken')).toEqual(['refresh-1', 'another-1'])
  expect(localStorage.getItem(KEY)).toContain('refresh-2')
})

test('the end of a session is told here, and by another tab; not by a renewal, nor to a visit of the demo', () => {
  signIn()
  const told = vi.fn()
  const stop = onEnd(told)
  const elsewhere = (key: string | null, newValue: string | null) =>
    window.dispatchEvent(new StorageEvent('storage', { key, newValue }))
  elsewhere(KEY, '{"refreshToken":"refresh-2"}')
  elsewhere('tocsin.organization', null)
  expect(told).not.toHaveBeenCalled()
  elsewhere(KEY, null)
  elsewhere(null, null)
  expect(told).toHaveBeenCalledTimes(2)
  beginVisit({ token: 't', expires_at: '', organization: { id: 'demo', name: 'Demo', is_demo: true } })
  elsewhere(KEY, null)
  expect(told).toHaveBeenCalledTimes(2)
  void end()
  expect(told).toHaveBeenCalledTimes(3)
  stop()
  elsewhere(KEY, null)
  expect(told).toHaveBeenCalledTimes(3)
})

test('a change that meets the end of the session leads to the sign-in as a query does', async () => {
  const signedOut = vi.fn()
  const queries = createQueryClient(signedOut)
  answering(() => json(CONFIG))
  const change = new MutationObserver(queries, { mutationFn: () => api.post('/v1/live/tickets') })
  await expect(change.mutate()).rejects.toBeInstanceOf(SignedOut)
  expect(signedOut).toHaveBeenCalledTimes(1)
  await expect(queries.fetchQuery(api.get('/v1/incidents'))).rejects.toBeInstanceOf(SignedOut)
  expect(signedOut).toHaveBeenCalledTimes(2)
})
