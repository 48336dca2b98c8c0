/** Cognito's calls that need no arithmetic, as plain HTTP; signing in by SRP is in srp.ts, which is loaded when needed. */
import { documentIn, Unreachable } from '../api/problem'
import type { Model } from '../api/types'

export type Place = Pick<Model<'SignInPlace'>, 'region' | 'client_id' | 'endpoint' | 'user_pool_id'>

/** Cognito's refusal; `code` as CodeMismatchException. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused'

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

const WORDS: Readonly<Record<string, string>> = {
  UserNotFoundException: 'Wrong e-mail address or password.',
  CodeMismatchException: 'That code is not right. Look for the newest one.',
  EnableSoftwareTokenMFAException: 'That code is not right. Is your phone’s clock on time?',
  ExpiredCodeException: 'That code is no longer good. Ask for a new one.',
  LimitExceededException: 'Too many tries. Wait a few minutes, then try again.',
  TooManyRequestsException: 'Too many tries. Wait a moment, then try again.',
  TooManyFailedAttemptsException: 'Too many wrong codes. Wait a few minutes, then try again.',
  UsernameExistsException: 'That address has an account already. Sign in, or reset your password.',
  AliasExistsException: 'That address has an account already. Sign in, or reset your password.',
  CodeDeliveryFailureException: 'The code could not be mailed. Is the address right?',
  InternalErrorException: 'The sign-in is busy. Try again in a moment.',
}

/** The code of a refusal since its sign-in has ended meanwhile, of which Cognito says it by words alone. */
export const TOO_LATE = 'TooLate'

/** A refusal in our words; of others Cognito's own. */
export function refusal(code: string, said: string): SignInRefused {
  if (code === 'NotAuthorizedException' && /invalid session/i.test(said))
    return new SignInRefused(TOO_LATE, 'That took too long: sign in again.')
  if (code === 'NotAuthorizedException' && /scope/i.test(said))
    return new SignInRefused(code, 'This account is kept by your identity provider; change it there.')
  if (code === 'NotAuthorizedException' && /access token/i.test(said))
    return new SignInRefused(code, 'That takes a fresh sign-in: sign out, sign in again, and try once more.')
  if (code === 'NotAuthorizedException')
    return new SignInRefused(code, /attempts/i.test(said) ? said : 'Wrong e-mail address or password.')
  // a Lambda trigger's own words follow its name
  if (code === 'UserLambdaValidationException')
    return new SignInRefused(code, said.replace(/^.*failed with error /, ''))
  return new SignInRefused(code, WORDS[code] ?? said)
}

/** Where Cognito, or its emulator, answers. */
export function endpointOf(place: Pick<Place, 'region' | 'endpoint'>): string {
  return place.endpoint ?? `https://cognito-idp.${place.region}.amazonaws.com/`
}

/** Ask, and read the answer to its end. */
async function read(endpoint: string, init: RequestInit): Promise<[Response, string]> {
  try {
    const answer = await fetch(endpoint, init)
    return [answer, await answer.text()]
  } catch {
    throw new Unreachable()
  }
}

/** One call, as `SignUp`. Raises SignInRefused or Unreachable. */
export async function cognito<T>(endpoint: string, operation: string, body: Record<string, unknown>): Promise<T> {
  const [answer, text] = await read(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(20_000),
  })
  const told = documentIn(text)
  if (answer.ok) return told as T
  const code = String(told.__type ?? 'Unknown').replace(/^.*#/, '')
  throw refusal(code, String(told.message ?? told.Message ?? `The sign-in answered ${answer.status}.`))
}
