/** One HTTP call to the API: address, credentials, problem documents; a POST that got no answer is sent again safely. */
import { accessToken, renew } from '../auth/session'
import { noteTime } from './clock'
import { getConfig } from './config'
import { type FieldProblem, isPassing, Problem, Unreachable } from './problem'

export interface Sent {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  /** Sent as it is, in place of a body. */
  file?: Blob
  version?: number
  signal?: AbortSignal
}

export interface Received {
  /** What JSON says; of files that are not, their text. */
  data: unknown
  etag: string | null
  link: string | null
}

const TIMEOUT_MS = 20_000
const PAUSES_MS = [400, 1_600]

function addressOf(base: string, template: string, sent: Sent): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(sent.path?.[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(sent.query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) query.append(name, String(one))
  const text = query.toString()
  return `${base}${path}${text && '?'}${text}`
}

async function problemOf(answer: Response): Promise<Problem> {
  const document = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  const text = (name: string) => (typeof document[name] === 'string' ? (document[name] as string) : undefined)
  return new Problem(
    answer.status,
    text('code') ?? (answer.status === 401 ? 'unauthenticated' : 'unknown'),
    text('detail') ?? text('message') ?? `The API answered ${answer.status}.`,
    (document.errors as FieldProblem[] | null | undefined) ?? [],
    text('request_id') ?? answer.headers.get('x-request-id'),
    Number(answer.headers.get('retry-after')) || null,
    document,
  )
}

async function once(address: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  try {
    return await fetch(address, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable()
  }
}

async function attempt(method: string, address: string, headers: Headers, sent: Sent): Promise<Received> {
  const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit' }
  if (sent.file) init.body = sent.file
  else if (sent.body !== undefined) init.body = JSON.stringify(sent.body)
  let answer = await once(address, init, sent.signal)
  if (answer.status === 401 && headers.has('authorization')) {
    // the token may have ended while this machine slept
    headers.set('authorization', `Bearer ${await renew(headers.get('authorization'))}`)
    answer = await once(address, init, sent.signal)
  }
  noteTime(answer.headers.get('date'))
  if (!answer.ok) throw await problemOf(answer)
  const text = await answer.text()
  const isFile = /^text\/|ndjson/.test(answer.headers.get('content-type') ?? '')
  const data: unknown = isFile ? text : text ? JSON.parse(text) : undefined
  return { data, etag: answer.headers.get('etag'), link: answer.headers.get('link') }
}

/** Call the API. Raises Problem, Unreachable or SignedOut. `organization` null calls for nobody's in particular. */
export async function request(
  method: string,
  template: string,
  sent: Sent,
  organization: string | null,
  isOpen = false,
): Promise<Received> {
  const { api } = await getConfig()
  const headers = new Headers()
  if (!isOpen) headers.set('authorization', `Bearer ${await accessToken()}`)
  if (organization) headers.set('tocsin-organization', organization)
  if (sent.file) headers.set('content-type', sent.file.type)
  else if (sent.body !== undefined) headers.set('content-type', 'application/json')
  if (sent.version !== undefined) headers.set('if-match', `"${sent.version}"`)
  if (method === 'POST') headers.set('idempotency-key', crypto.randomUUID())
  const address = addressOf(api, template, sent)
  for (const pause of method === 'POST' && !isOpen ? PAUSES_MS : []) {
    try {
      return await attempt(method, address, headers, sent)
    } catch (error) {
      if (!isPassing(error) || !navigator.onLine) throw error
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
  return attempt(method, address, headers, sent)
}
