/** What can go wrong with a call, and what is said about it. */
import type { Model } from './types'

export type FieldProblem = Model<'ProblemField'>

/** The API's own refusal (RFC 9457): `code` is stable, `detail` is for people. */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly requestId: string | null = null,
    /** Seconds to wait, as Retry-After says. */
    readonly retryAfter: number | null = null,
    /** The whole document: 412 has `changes`, 409 of an incident `incident`. */
    readonly document: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail)
  }
}

const AWAY = 'Tocsin can’t be reached. Check your connection.'
const WORDS = {
  read: AWAY,
  unsent: `${AWAY} Nothing has been changed.`,
  sent: 'Tocsin did not answer. It may have been done all the same: look before you try again.',
} as const

/** No answer came: offline, a timeout, or a network in between. `sent` is a change that may have been carried out. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'

  constructor(readonly what: keyof typeof WORDS = 'read') {
    super(WORDS[what])
  }
}

/** The session is over, and its owner must sign in again. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut'

  constructor() {
    super('Sign in to go on.')
  }
}

/** The JSON object that an answer is; an empty one where it is none. */
export function documentIn(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Whether another try may help: no answer, too many requests, or an error of the other side. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429))
}

/** Whether the same request is still being carried out, since an answer to it was lost. */
export function isRunning(error: unknown): boolean {
  return error instanceof Problem && error.code === 'idempotent_request_running'
}

/** Whether somebody else saved meanwhile, so that it has to be read again. */
export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.status === 412
}

const TITLES: Readonly<Record<string, string>> = {
  demo_read_only: 'This is the demo',
  forbidden: 'Your role may not do that',
  not_found: 'It is not there',
  rate_limited: 'Too many requests',
  stale_version: 'Somebody else saved meanwhile',
  wrong_status: 'Somebody was quicker',
  internal: 'Something broke on our side',
  database_unavailable: 'The database is away for a moment',
}

/** A heading for an error. */
export function titleOf(error: unknown): string {
  if (error instanceof Unreachable) return error.what === 'sent' ? 'No answer' : 'No connection'
  if (error instanceof SignedOut) return 'You have been signed out'
  if (error instanceof Problem)
    return TITLES[error.code] ?? (error.status >= 500 ? 'Something broke on our side' : 'That did not work')
  return 'Something went wrong'
}

/** What went wrong in a sentence, and what to do where that is known. */
export function describe(error: unknown): string {
  if (error instanceof Problem) {
    if (error.code === 'demo_read_only')
      return 'The demo can be looked at and not changed. Sign up to try it for yourself.'
    if (error.retryAfter) return `${error.message} Try again in ${error.retryAfter} s.`
    const [first] = error.fields
    if (first && error.fields.length === 1) return `${error.message} ${first.field}: ${first.reason}`
    return error.message
  }
  return error instanceof Error ? error.message : 'The reason is not known.'
}

/** The field errors of a problem by the form's paths; `body`, `path.…` and the like have none and stay in the alert. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {}
  return Object.fromEntries(error.fields.map(({ field, reason }) => [field, reason]))
}
