/** Signing in with the account of one's organization: Cognito's hosted sign-in, by a code and PKCE (RFC 7636). */
import { Unreachable } from '../api/problem'
import type { Model } from '../api/types'
import { SignInRefused } from './cognito'
import type { Tokens } from './session'

type Client = Pick<Model<'SignInPlace'>, 'client_id' | 'single_sign_on_url'>

/** What this tab keeps of a sign-in until its answer comes. */
export interface Begun {
  verifier: string
  /** Where one wanted to go. */
  next?: string
}

/** What the hosted sign-in adds to the address that it sends people back to. */
export interface Answer {
  code?: string
  state?: string
  error?: string
  error_description?: string
}

const BEGUN = 'tocsin.single-sign-on.'
const BYTES = 32
const PROVIDER = 'sso'
const SCOPES = 'openid email profile aws.cognito.signin.user.admin'
const WORDS: Readonly<Record<string, string>> = {
  invalid_grant: 'That took too long, or was used already. Sign in once more.',
  access_denied: 'Your organization did not let you in, or you went back. Try again, or ask who runs its sign-in.',
}
const UNSET = 'Tocsin’s sign-in is not set up for this address. Tell who runs it: '

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(BYTES)))
}

/** The address to send people back to, exactly as the client of the user pool has it. */
function redirectUri(): string {
  return `${window.location.origin}/sign-in`
}

function forgetBegun(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(BEGUN)) sessionStorage.removeItem(key)
}

/** Begin: keeps what the answer is checked by, and gives the address to go to. */
export async function authorization(client: Client, next?: string): Promise<string> {
  const state = `s${random()}`
  const begun: Begun = { verifier: random(), next }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier))
  forgetBegun()
  sessionStorage.setItem(BEGUN + state, JSON.stringify(begun))
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri(),
    identity_provider: PROVIDER,
    scope: SCOPES,
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  })
  return `${client.single_sign_on_url}/oauth2/authorize?${query}`
}

/** What was begun here with the state of an answer; it is good once. */
export function taken(state: string | undefined): Begun | undefined {
  const kept = sessionStorage.getItem(BEGUN + state)
  forgetBegun()
  return kept === null ? undefined : (JSON.parse(kept) as Begun)
}

function refused(error: string, said?: string): SignInRefused {
  // a Lambda trigger's own words follow its name
  const words = said?.replace(/^.*failed with error /, '').trim()
  return new SignInRefused(error, WORDS[error] ?? `Your organization’s sign-in refused: ${words || error}`)
}

/** Change an answer's code for tokens. Raises SignInRefused or Unreachable. */
export async function redeem(client: Client, { code, error, error_description }: Answer, begun?: Begun) {
  // said first: the words of an answer that nobody asked for here are anybody's
  if (!begun) throw new SignInRefused('state', 'This tab has not begun that sign-in, or ended it. Begin once more.')
  if (!code) throw refused(error ?? 'invalid_request', error_description)
  const answer = await fetch(`${client.single_sign_on_url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.client_id,
      code,
      redirect_uri: redirectUri(),
      code_verifier: begun.verifier,
    }),
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(20_000),
  }).catch(() => {
    throw new Unreachable()
  })
  const told = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  if (answer.status >= 500) throw new SignInRefused('busy', 'The sign-in is busy. Try again in a moment.')
  if (!answer.ok) {
    const reason = String(told.error ?? answer.status)
    throw new SignInRefused(reason, WORDS[reason] ?? `${UNSET}${reason}.`)
  }
  const { access_token, expires_in, refresh_token } = told
  return {
    accessToken: String(access_token),
    expiresIn: Number(expires_in),
    refreshToken: String(refresh_token),
  } satisfies Tokens
}
