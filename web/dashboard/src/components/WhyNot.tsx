/** Says why what is shown can't be changed by who looks at it. */
import { Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type Role, useMay, useOrganization } from '../app/organization'
import classes from './WhyNot.module.css'

const ROLES: Readonly<Record<Role, string>> = {
  viewer: 'a viewer',
  responder: 'a responder',
  admin: 'an admin',
  owner: 'an owner',
}

/**
 * Why who looks at it may not do what takes a role; null where they may. Also for the `title` of a disabled button.
 * With a `team`, leads of the one that owns it may too, and with `any` leads of whichever.
 */
export function useWhyNot(role: Role, team?: string | null): string | null {
  const { isDemo, role: own, teams } = useOrganization()
  if (useMay(role)) return null
  if (!isDemo && team && teams.some(one => one.role === 'lead' && (team === 'any' || one.id === team))) return null
  if (isDemo) return 'This is the demo: look at everything, and sign up to change something.'
  return `You are ${ROLES[own]} here; to change this takes ${ROLES[role]}.`
}

/** A line that says so, and nothing where they may. */
export function WhyNot({ role, team }: { role: Role; team?: string | null }) {
  const why = useWhyNot(role, team)
  if (!why) return null
  return (
    <Text size="sm" c="dimmed" className={classes.line}>
      <IconLock size={16} aria-hidden /> {why}
    </Text>
  )
}
