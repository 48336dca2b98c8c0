/** A private location and its probes: let in, given another token, shut out. */
import { Card, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { CopyText } from '../../components/CopyText'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { Time } from '../../components/Time'
import { WhyNot } from '../../components/WhyNot'
import { Fact, Facts } from '../monitors/Facts'
import { LocationSettings } from './LocationSettings'
import { ProbeList } from './ProbeList'

const route = getRouteApi('/o/$org/monitors/regions/$location')

export function LocationScreen() {
  const { location: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(useApi().get('/v1/private-locations/{location_id}', { path: { location_id: id } }))
  return (
    <Page
      title={found.data?.name ?? 'Private location'}
      width="narrow"
      back={{ label: 'Regions and private locations', to: '/o/$org/monitors/regions', params: { org } }}
    >
      <Loaded query={found}>
        {location => (
          <Stack>
            <WhyNot role="admin" />
            <Card>
              <Facts>
                <Fact name="Region">
                  <CopyText text={location.region} label="region, as monitors name it" />
                </Fact>
                <Fact name="Heard">{location.last_seen_at ? <Time at={location.last_seen_at} /> : 'never'}</Fact>
                <Fact name="Made">
                  <Time at={location.created_at} />
                </Fact>
              </Facts>
            </Card>
            <ProbeList location={location.id} />
            <LocationSettings location={location} />
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
