/** Whom a step pages, as a small label with the sign of its kind. */
import { IconCalendarUser, IconMail, IconUser, IconUsers, IconWebhook, type TablerIcon } from '@tabler/icons-react'
import { type Target, targetOf } from './policyForm'
import classes from './TargetMark.module.css'

const ICONS: Readonly<Record<Target['kind'], TablerIcon>> = {
  user: IconUser,
  team: IconUsers,
  email: IconMail,
  schedule: IconCalendarUser,
  destination: IconWebhook,
}

export function TargetMark({ target, label }: { target: string; label: string }) {
  const Icon = ICONS[targetOf(target).kind]
  return (
    <span className={classes.mark} title={label}>
      <Icon size={15} aria-hidden />
      <span className={classes.name}>{label}</span>
    </span>
  )
}
