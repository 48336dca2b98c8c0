/** Who is signed in here. The refresh token is kept for all tabs; access tokens, and a visit to the demo, for one tab. */
import { SignedOut } from '../api/problem'
import type { Model } from '../api/types'
import { cognito, endpointOf, type Place, SignInRefused } from './cognito'

export interface Tokens {
  accessToken: string
  /** Seconds that it is good for. */
  expiresIn: number
  refreshToken: string
}

interface Kept {
  refreshToken: string
  endpoint: string
  clientId: string
  /** Whether an identity provider keeps password and address. */
  isByProvider?: boolean
}

export type Visit = Model<'DemoSession'>

const SESSION = 'tocsin.session'
const VISIT = 'tocsin.demo'
const SPARE_MS = 60_000

let access: { token: string; endsAt: number } | undefined
let renewing: Promise<string> | undefined
const listeners = new Set<() => void>()

function read<T>(storage: Storage, key: string): T | undefined {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Be told when a session ends, here or in another tab, or a visit to the demo does; answers how to stop. */
export function onEnd(listener: () => void): () => void {
  const other = ({ key, newValue }: StorageEvent) => {
    if ((key !== SESSION && key !== null) || newValue !== null || visit()) return
    access = undefined
    listener()
  }
  listeners.add(listener)
  window.addEventListener('storage', other)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', other)
  }
}

/** The visit to the demo that this tab is on. */
export function visit(): Visit | undefined {
  return read<Visit>(sessionStorage, VISIT)
}

/** `user`, `demo`, or null for nobody. */
export function sessionKind(): 'user' | 'demo' | null {
  if (visit()) return 'demo'
  return localStorage.getItem(SESSION) ? 'user' : null
}

function keepAccess(token: string, expiresIn: number): string {
  // measured from now on, so that a wrong clock does no harm
  access = { token, endsAt: performance.now() + expiresIn * 1_000 }
  return token
}

/** Begin a session with what a sign-in gave. */
export function begin(place: Place, tokens: Tokens, { isByProvider }: Pick<Kept, 'isByProvider'> = {}): void {
  const { refreshToken } = tokens
  const kept: Kept = { refreshToken, endpoint: endpointOf(place), clientId: place.client_id, isByProvider }
  sessionStorage.removeItem(VISIT)
  localStorage.setItem(SESSION, JSON.stringify(kept))
  keepAccess(tokens.accessToken, tokens.expiresIn)
}

/** Begin a visit to the demo, in this tab alone. */
export function beginVisit(opened: Visit): void {
  sessionStorage.setItem(VISIT, JSON.stringify(opened))
  access = undefined
}

function forget(): void {
  access = undefined
  if (visit()) sessionStorage.removeItem(VISIT)
  else localStorage.removeItem(SESSION)
  for (const listener of listeners) listener()
}

/** One tab at a time: a refresh token is good once. */
async function alone<T>(does: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(SESSION, does)
}

async function revoke({ endpoint, clientId, refreshToken }: Kept): Promise<void> {
  await cognito(endpoint, 'RevokeToken', { ClientId: clientId, Token: refreshToken }).catch(() => undefined)
}

/** End the session or the visit, at once; the refresh token is revoked where that can be reached. */
export async function end(): Promise<void> {
  const kept = visit() ? undefined : read<Kept>(localStorage, SESSION)
  forget()
  if (kept) await alone(() => revoke(kept))
}

interface Exchanged {
  AuthenticationResult: { AccessToken: string; ExpiresIn: number; RefreshToken?: string }
}

function isOver(error: unknown): boolean {
  return error instanceof SignInRefused && /NotAuthorized|RefreshTokenReuse|UserNotFound/.test(error.code)
}

async function exchange(): Promise<string> {
  // another tab may have put a new refresh token in this one's place while we waited
  const stored = localStorage.getItem(SESSION)
  const kept = read<Kept>(localStorage, SESSION)
  if (!kept) throw new SignedOut()
  const isStillKept = () => localStorage.getItem(SESSION) === stored
  const asked = { ClientId: kept.clientId, RefreshToken: kept.refreshToken }
  try {
    const found = (await cognito<Exchanged>(kept.endpoint, 'GetTokensFromRefreshToken', asked)).AuthenticationResult
    const next = { ...kept, refreshToken: found.RefreshToken ?? kept.refreshToken }
    if (isStillKept()) {
      localStorage.setItem(SESSION, JSON.stringify(next))
      return keepAccess(found.AccessToken, found.ExpiresIn)
    }
    await revoke(next)
  } catch (error) {
    if (!isOver(error)) throw error
    if (isStillKept()) forget()
  }
  // signed out meanwhile, or in again
  return exchange()
}

/** Where the user pool answers that one has signed in by; undefined for nobody, and for a visit to the demo. */
export function poolEndpoint(): string | undefined {
  return visit() ? undefined : read<Kept>(localStorage, SESSION)?.endpoint
}

/** Whether one has signed in with the account of one's organization. */
export function isByProvider(): boolean {
  return read<Kept>(localStorage, SESSION)?.isByProvider ?? false
}

/** A token that is good for a while. Raises SignedOut, Unreachable or SignInRefused. */
export async function accessToken(): Promise<string> {
  const demo = visit()
  if (demo) return demo.token
  if (access && access.endsAt - SPARE_MS > performance.now()) return access.token
  renewing ??= alone(exchange).finally(() => {
    renewing = undefined
  })
  return renewing
}

/** Another token than that of a refused `Authorization` header. Raises SignedOut; a visit to the demo is then over. */
export async function renew(refused: string | null): Promise<string> {
  if (visit()) {
    forget()
    throw new SignedOut()
  }
  if (access && refused === `Bearer ${access.token}`) access = undefined
  return accessToken()
}
