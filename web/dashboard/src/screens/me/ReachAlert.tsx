/** What lint says of somebody: that pages may not reach them, and what would be right. */
import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useOrganization } from '../../app/organization'
import { type Finding, isAbout, useFindings } from '../../app/useLint'

const COLORS: Readonly<Record<Finding['level'], string>> = { error: 'red', warning: 'yellow', info: 'blue' }

/** What a finding is called, said to whom it is about or of them. */
export function headingOf(level: Finding['level'], isMe: boolean): string {
  const whom = isMe ? 'you' : 'them'
  if (level === 'error') return `No page reaches ${whom}`
  if (level === 'warning') return `Pages may not reach ${whom}`
  return `Before ${isMe ? 'you are' : 'they are'} on call`
}

/** A finding as a sentence that speaks to whom it is about; the API's own words where there is none. */
export function spoken({ code, reason, remedy }: Pick<Finding, 'code' | 'reason' | 'remedy'>, isMe: boolean): string {
  if (isMe && code === 'person_without_contact')
    return 'You have no contact method that is switched on. Add one, and send yourself a test page.'
  if (isMe && code === 'person_without_verified_contact')
    return 'None of your contact methods is verified: a page may go to somebody else, or nowhere. Verify one.'
  const whole = `${reason}. To mend it: ${remedy}.`
  return whole.charAt(0).toUpperCase() + whole.slice(1)
}

export function ReachAlert({ userId }: { userId: string }) {
  const isMe = useOrganization().userId === userId
  const theirs = useFindings().filter(one => isAbout(one, userId))
  return theirs.map(one => (
    <Alert
      key={one.code}
      mb="md"
      color={COLORS[one.level]}
      icon={one.level === 'info' ? <IconInfoCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={headingOf(one.level, isMe)}
    >
      {spoken(one, isMe)}
    </Alert>
  ))
}
