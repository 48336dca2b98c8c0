/** What people do with their own user of the sign-in: password, address, authenticator app, the end of all sessions. */
import { SignedOut } from '../api/problem'
import { cognito } from './cognito'
import { accessToken, end, poolEndpoint, renew } from './session'

async function asMyself<T>(operation: string, body: Record<string, unknown> = {}): Promise<T> {
  const endpoint = poolEndpoint()
  if (!endpoint) throw new SignedOut()
  return cognito<T>(endpoint, operation, { AccessToken: await accessToken(), ...body })
}

const APP = 'SOFTWARE_TOKEN_MFA'

export const authenticatorQuery = {
  queryKey: [null, 'authenticator'],
  queryFn: async () => {
    const found = await asMyself<{ UserMFASettingList?: string[] }>('GetUser')
    return { isOn: found.UserMFASettingList?.includes(APP) ?? false }
  },
}

/** A secret for an authenticator app, which counts once a code of it has been given. */
export async function newSecret(): Promise<string> {
  return (await asMyself<{ SecretCode: string }>('AssociateSoftwareToken')).SecretCode
}

/** Ask for codes of the app at every sign-in from now on. Raises SignInRefused for a wrong code. */
export async function enrol(code: string): Promise<void> {
  await asMyself('VerifySoftwareToken', { UserCode: code, FriendlyDeviceName: 'Authenticator app' })
  await asMyself('SetUserMFAPreference', { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } })
}

export async function withoutAuthenticator(): Promise<void> {
  await asMyself('SetUserMFAPreference', { SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false } })
}

/** Raises SignInRefused: NotAuthorizedException for a wrong password. */
export async function changePassword(current: string, next: string): Promise<void> {
  await asMyself('ChangePassword', { PreviousPassword: current, ProposedPassword: next })
}

/** Answers whether a code has been mailed to the new address, which counts once it was given. */
export async function changeEmail(email: string): Promise<boolean> {
  const sent = await asMyself<{ CodeDeliveryDetailsList?: unknown[] }>('UpdateUserAttributes', {
    UserAttributes: [{ Name: 'email', Value: email }],
  })
  return (sent.CodeDeliveryDetailsList?.length ?? 0) > 0
}

export async function confirmEmail(code: string): Promise<void> {
  await asMyself('VerifyUserAttribute', { AttributeName: 'email', Code: code })
}

/** Take a token that tells what the user is by now. */
export async function refreshed(): Promise<void> {
  await renew(`Bearer ${await accessToken()}`)
}

/** End every session of the sign-in, this one too. */
export async function endAll(): Promise<void> {
  await asMyself('GlobalSignOut')
  await end()
}

/** Delete the user of the sign-in, and with it this session. */
export async function deleteUser(): Promise<void> {
  await asMyself('DeleteUser')
  await end()
}
