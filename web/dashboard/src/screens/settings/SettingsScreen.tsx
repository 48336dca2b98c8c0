/** The organization: its name, whether anybody is paged, its data, and its end. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { WhyNot } from '../../components/WhyNot'
import { EndCard } from './EndCard'
import { ExportCard } from './ExportCard'
import { GeneralForm } from './GeneralForm'
import { PagingCard } from './PagingCard'
import { TransferCard } from './TransferCard'

export function SettingsScreen() {
  const found = useQuery(useApi().get('/v1/organization'))
  return (
    <Page title="Settings" width="narrow">
      <Stack>
        <WhyNot role="admin" />
        <Loaded query={found}>
          {organization => (
            <>
              <GeneralForm organization={organization} />
              <PagingCard organization={organization} />
              <ExportCard organization={organization} />
              <TransferCard />
              <EndCard organization={organization} />
            </>
          )}
        </Loaded>
      </Stack>
    </Page>
  )
}
