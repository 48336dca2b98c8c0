/** The sign-in: password, authenticator app, the end of all sessions, and of the account. */
import { Stack } from '@mantine/core'
import { isByProvider } from '../../auth/session'
import { Section } from '../settings/Section'
import { AuthenticatorCard } from './AuthenticatorCard'
import { DeleteAccountCard } from './DeleteAccountCard'
import { PasswordCard } from './PasswordCard'
import { SignOutCard } from './SignOutCard'

export function SecurityPanel() {
  return (
    <Stack>
      {isByProvider() ? (
        <Section title="Sign-in">
          You sign in with your organization’s account: its password, address and codes are changed there.
        </Section>
      ) : (
        <>
          <PasswordCard />
          <AuthenticatorCard />
        </>
      )}
      <SignOutCard />
      <DeleteAccountCard />
    </Stack>
  )
}
