/** Who one is: name and address, organizations, and the next shifts in this one. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../app/me'
import { Loaded } from '../../components/Loaded'
import { EmailCard } from './EmailCard'
import { NameForm } from './NameForm'
import { OrganizationsCard } from './OrganizationsCard'
import { ShiftsCard } from './ShiftsCard'

export function ProfilePanel({ userId }: { userId: string }) {
  const found = useQuery(meQuery)
  return (
    <Loaded query={found}>
      {me => (
        <Stack>
          <NameForm name={me.name ?? ''} />
          <EmailCard email={me.email ?? ''} refused={me.refused_email ?? null} />
          <ShiftsCard userId={userId} />
          <OrganizationsCard organizations={me.organizations} />
        </Stack>
      )}
    </Loaded>
  )
}
