/** One HTTP call to the API: address, credentials, problem documents; a POST that got no answer is sent again safely. */
import { accessToken, renew } from '../auth/session'
import { noteTime } from './clock'
import { getConfig } from './config'
import { documentIn, type FieldProblem, isPassing, isRunning, Problem, Unreachable } from './problem'

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
/** While a request is still being carried out, which the API ends within half a minute. */
const RUNNING_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

function addressOf(base: string, template: string, sent: Sent): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(sent.path?.[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(sent.query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) query.append(name, String(one))
  const text = query.toString()
  return `${base}${path}${text && '?'}${text}`
}

interface Read {
  answer: Response
  text: string
}

function problemOf({ answer, text: body }: Read): Problem {
  const document = documentIn(body)
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

/** A request as it goes out, once or more often. */
interface Outgoing {
  readonly address: string
  readonly init: RequestInit & { method: string; headers: Headers }
  readonly signal: AbortSignal | undefined
  /** Whether it has gone out to where it may have been carried out. */
  isSent: boolean
}

/** Ask, and read the answer to its end: a connection may break between the two. */
async function once(call: Outgoing): Promise<Read> {
  const { address, init, signal } = call
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  call.isSent ||= navigator.onLine
  try {
    const answer = await fetch(address, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit })
    return { answer, text: await answer.text() }
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable(init.method === 'GET' ? 'read' : call.isSent ? 'sent' : 'unsent')
  }
}

async function attempt(call: Outgoing): Promise<Received> {
  const { headers } = call.init
  let read = await once(call)
  if (read.answer.status === 401 && headers.has('authorization')) {
    // the token may have ended while this machine slept
    headers.set('authorization', `Bearer ${await renew(headers.get('authorization'))}`)
    read = await once(call)
  }
  const { answer, text } = read
  noteTime(answer.headers.get('date'))
  if (!answer.ok) throw problemOf(read)
  const isFile = /^text\/|ndjson/.test(answer.headers.get('content-type') ?? '')
  const data: unknown = isFile ? text : text ? JSON.parse(text) : undefined
  return { data, etag: answer.headers.get('etag'), link: answer.headers.get('link') }
}

/** Try again what may be, under its idempotency key: while no answer comes, or the first try is still running. */
async function persistently(call: Outgoing): Promise<Received> {
  const pauses = [...PAUSES_MS]
  const running = [...RUNNING_PAUSES_MS]
  for (;;) {
    try {
      return await attempt(call)
    } catch (error) {
      const mayHelp = isPassing(error) && navigator.onLine
      const pause = isRunning(error) ? running.shift() : mayHelp ? pauses.shift() : undefined
      if (pause === undefined) throw error
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
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
  const body = sent.file ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
  const init = { method, headers, body, cache: 'no-store', credentials: 'omit' } as const
  const call: Outgoing = { address: addressOf(api, template, sent), init, signal: sent.signal, isSent: false }
  return method === 'POST' && !isOpen ? persistently(call) : attempt(call)
}
