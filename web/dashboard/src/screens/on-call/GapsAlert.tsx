/** When nobody is on call, and who is but can't be paged, schedule by schedule. */
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Model } from '../../api/types'
import { useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import classes from './GapsAlert.module.css'
import type { Warning } from './words'

const MOST = 3

interface Warned {
  one: Model<'OnCall'>
  found: readonly Warning[]
}

export function GapsAlert({ warned }: { warned: readonly Warned[] }) {
  const { id: org } = useOrganization()
  const some = warned.filter(({ found }) => found.length > 0)
  if (some.length === 0) return null
  return (
    <Alert color="yellow" mb="md" icon={<IconAlertTriangle aria-hidden />} title="There are gaps ahead">
      <ul className={classes.list}>
        {some.map(({ one, found }) => (
          <li key={one.schedule_id}>
            <LinkAnchor to="/o/$org/schedules/$schedule" params={{ org, schedule: one.schedule_id }} inherit>
              {one.schedule_name}
            </LinkAnchor>
            : <Warnings found={found} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** What a schedule warns of, in its own words; the first of many. */
export function Warnings({ found }: { found: readonly Warning[] }) {
  const rest = found.length - MOST
  return (
    <>
      {found
        .slice(0, MOST)
        .map(({ detail }) => detail)
        .join(' ')}
      {rest > 0 && ` And ${rest === 1 ? 'once' : `${rest} times`} more.`}
    </>
  )
}
