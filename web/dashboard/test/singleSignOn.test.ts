import { createHash } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { Unreachable } from '../src/api/problem'
import { authorization, redeem, taken } from '../src/auth/singleSignOn'
import { json } from './answering'

const HOSTED = 'https://tocsin-example.auth.eu-west-1.amazoncognito.com'
const CLIENT = { client_id: 'client', single_sign_on_url: HOSTED }
const TOKENS = { access_token: 'access', refresh_token: 'refresh', expires_in: 600, token_type: 'Bearer' }

let sent: { url: string; body: URLSearchParams }[] = []

function answered(reply: () => Response | Promise<Response>): void {
  sent = []
  vi.stubGlobal('fetch', async (url: string, { body }: { body: URLSearchParams }) => {
    sent.push({ url, body })
    return reply()
  })
}

async function left(next?: string): Promise<URLSearchParams> {
  const url = new URL(await authorization(CLIENT, next))
  expect(url.origin + url.pathname).toBe(`${HOSTED}/oauth2/authorize`)
  return url.searchParams
}

beforeEach(() => answered(() => json(TOKENS)))

test('one leaves with a challenge of a verifier that stays here, and an address without a query', async () => {
  const query = await left('/o/acme/incidents')
  const begun = taken(query.get('state') ?? undefined)
  expect(begun?.next).toBe('/o/acme/incidents')
  expect(begun?.verifier).toMatch(/^[\w-]{43}$/)
  expect(query.get('code_challenge')).toBe(
    createHash('sha256')
      .update(begun?.verifier ?? '')
      .digest('base64url'),
  )
  expect(Object.fromEntries(query)).toMatchObject({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: `${window.location.origin}/sign-in`,
    identity_provider: 'sso',
    code_challenge_method: 'S256',
  })
  expect(query.get('scope')?.split(' ')).toContain('openid')
})

test('a state is good once, and only the last one that was begun', async () => {
  const first = (await left()).get('state') ?? ''
  const second = (await left()).get('state') ?? ''
  expect(first).not.toBe(second)
  expect(taken(first)).toBeUndefined()
  const third = (await left()).get('state') ?? ''
  expect(taken(third)).toBeDefined()
  expect(taken(third)).toBeUndefined()
  expect(taken(undefined)).toBeUndefined()
  expect(Object.keys(sessionStorage)).toEqual([])
})

test('a code is changed for tokens', async () => {
  const tokens = await redeem(CLIENT, { code: 'c-1' }, { verifier: 'v-1' })
  expect(tokens).toEqual({ accessToken: 'access', refreshToken: 'refresh', expiresIn: 600 })
  expect(sent.map(({ url }) => url)).toEqual([`${HOSTED}/oauth2/token`])
  expect(Object.fromEntries(sent[0]?.body ?? [])).toEqual({
    grant_type: 'authorization_code',
    client_id: 'client',
    code: 'c-1',
    redirect_uri: `${window.location.origin}/sign-in`,
    code_verifier: 'v-1',
  })
})

test('what nobody asked for here is not followed, and its words are not shown', async () => {
  const hostile = { error: 'x', error_description: 'Call 555-0100 to unlock your account' }
  for (const answer of [{ code: 'c-1' }, hostile]) {
    const refusal = redeem(CLIENT, answer, undefined)
    await expect(refusal).rejects.toThrow('This tab has not begun that sign-in')
    await expect(refusal).rejects.not.toThrow('555')
  }
  expect(sent).toEqual([])
})

test.each([
  [{ error: 'access_denied' }, 'Your organization did not let you in'],
  [{ error: 'server_error' }, 'Your organization’s sign-in refused: server_error'],
  [
    { error: 'invalid_request', error_description: 'PreSignUp failed with error Only example.com may sign up. ' },
    'Your organization’s sign-in refused: Only example.com may sign up.',
  ],
])('a refusal of the provider is said in its words: %o', async (answer, words) => {
  await expect(redeem(CLIENT, answer, { verifier: 'v' })).rejects.toThrow(words)
  expect(sent).toEqual([])
})

test.each([
  [() => json({ error: 'invalid_grant' }, 400), 'That took too long, or was used already.'],
  [() => json({ error: 'invalid_client' }, 400), 'is not set up for this address. Tell who runs it: invalid_client.'],
  [() => new Response('<html>', { status: 403 }), 'Tell who runs it: 403.'],
  [() => new Response('', { status: 503 }), 'The sign-in is busy.'],
])('a code that is refused is said in plain words: %#', async (reply, words) => {
  answered(reply)
  await expect(redeem(CLIENT, { code: 'c-1' }, { verifier: 'v' })).rejects.toThrow(words)
})

test('no answer is no refusal', async () => {
  answered(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(redeem(CLIENT, { code: 'c-1' }, { verifier: 'v' })).rejects.toBeInstanceOf(Unreachable)
})
