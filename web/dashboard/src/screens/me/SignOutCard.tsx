/** Ends every session there is, this one too. */
import { useNavigate } from '@tanstack/react-router'
import { nobodys } from '../../app/me'
import { endAll } from '../../auth/myself'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Section } from '../settings/Section'

export function SignOutCard() {
  const navigate = useNavigate()
  const out = async () => {
    await nobodys.post('/v1/me/sign-out')
    await endAll()
    await navigate({ to: '/sign-in' })
  }
  return (
    <Section
      title="Sign out everywhere"
      action={
        <ConfirmButton
          question="Sign out everywhere?"
          consequence="Every browser and command line that is signed in as you is signed out, this one too. API keys go on, and pages still reach you."
          onConfirm={out}
        >
          Sign out everywhere
        </ConfirmButton>
      }
    >
      When a device is lost, or somebody else may have been at it.
    </Section>
  )
}
