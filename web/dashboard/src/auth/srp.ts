/** Signing in by SRP, so that the password leaves no browser; loaded on the sign-in pages only. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import { Unreachable } from '../api/problem'
import { endpointOf, type Place, refusal } from './cognito'
import type { Tokens } from './session'

/** What comes next: nothing more, a code of an authenticator app, or a password of one's own. */
export type Step =
  | { kind: 'done'; tokens: Tokens }
  | { kind: 'code'; answer: (code: string) => Promise<Step> }
  | { kind: 'new-password'; choose: (password: string) => Promise<Step> }

/** The library keeps tokens where it is told to: session.ts does that, so here they are forgotten. */
class Forgetful implements ICognitoStorage {
  readonly #kept = new Map<string, string>()

  setItem(key: string, value: string) {
    this.#kept.set(key, value)
  }

  getItem(key: string) {
    return this.#kept.get(key) ?? null
  }

  removeItem(key: string) {
    this.#kept.delete(key)
  }

  clear() {
    this.#kept.clear()
  }
}

interface Refusal {
  code?: string
  name?: string
  message?: string
}

function tokensOf(session: CognitoUserSession): Tokens {
  const access = session.getAccessToken()
  return {
    accessToken: access.getJwtToken(),
    expiresIn: access.getExpiration() - access.getIssuedAt(),
    refreshToken: session.getRefreshToken().getToken(),
  }
}

function handlers(user: CognitoUser, resolve: (step: Step) => void, reject: (error: Error) => void) {
  return {
    onSuccess: (session: CognitoUserSession) => resolve({ kind: 'done', tokens: tokensOf(session) }),
    onFailure: ({ code, name, message }: Refusal) =>
      reject(code === 'NetworkError' ? new Unreachable() : refusal(code ?? name ?? 'Unknown', message ?? '')),
    totpRequired: () => resolve({ kind: 'code', answer: code => answer(user, code) }),
    newPasswordRequired: () => resolve({ kind: 'new-password', choose: password => choose(user, password) }),
  }
}

function answer(user: CognitoUser, code: string): Promise<Step> {
  return new Promise((resolve, reject) => {
    user.sendMFACode(code, handlers(user, resolve, reject), 'SOFTWARE_TOKEN_MFA')
  })
}

function choose(user: CognitoUser, password: string): Promise<Step> {
  return new Promise((resolve, reject) => {
    user.completeNewPasswordChallenge(password, {}, handlers(user, resolve, reject))
  })
}

/** Begin to sign in. Raises SignInRefused or Unreachable. */
export function signIn(place: Place, email: string, password: string): Promise<Step> {
  const storage = new Forgetful()
  const pool = new CognitoUserPool({
    UserPoolId: place.user_pool_id,
    ClientId: place.client_id,
    endpoint: endpointOf(place),
    Storage: storage,
  })
  const user = new CognitoUser({ Username: email, Pool: pool, Storage: storage })
  user.setAuthenticationFlowType('USER_SRP_AUTH')
  return new Promise((resolve, reject) => {
    user.authenticateUser(
      new AuthenticationDetails({ Username: email, Password: password }),
      handlers(user, resolve, reject),
    )
  })
}
