/** One schedule: its calendar, its rotation, what lies over it, calendars that follow it, and what it was. */
import { Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { viewerZone, zoneName } from '../../app/zones'
import { Findings } from '../../components/Findings'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { TabBar } from '../../components/TabBar'
import type { ScheduleTab } from '../../routes/on-call'
import { CalendarFeeds } from './CalendarFeeds'
import { OverrideList } from './OverrideList'
import { scheduleQueries } from './queries'
import { SavedSchedule } from './SavedSchedule'
import { ScheduleCalendar } from './ScheduleCalendar'
import { ScheduleVersions } from './ScheduleVersions'
import type { Schedule } from './words'

const route = getRouteApi('/o/$org/schedules/$schedule')

export function ScheduleScreen() {
  const { schedule: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(scheduleQueries(useApi(), id).schedule)
  return (
    <Page
      title={found.data?.name ?? 'Schedule'}
      description={found.data?.description}
      back={{ label: 'On call', to: '/o/$org/on-call', params: { org } }}
    >
      <Loaded query={found}>{schedule => <Parts schedule={schedule} />}</Loaded>
    </Page>
  )
}

function Parts({ schedule }: { schedule: Schedule }) {
  const { tab = 'calendar' } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (value: string | null) =>
    void navigate({
      search: before => ({ ...before, tab: value === 'calendar' ? undefined : (value as ScheduleTab) }),
      replace: true,
      resetScroll: false,
    })
  return (
    <>
      {schedule.time_zone !== viewerZone && (
        <Text size="sm" c="dimmed" mt={-8} mb="sm">
          This schedule hands over by the clock of {zoneName(schedule.time_zone)}.
        </Text>
      )}
      {tab !== 'calendar' && <Findings about={schedule.id} version={schedule.version} />}
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <TabBar chosen={tab}>
          <Tabs.Tab value="calendar">Calendar</Tabs.Tab>
          <Tabs.Tab value="rotation">Rotation</Tabs.Tab>
          <Tabs.Tab value="overrides">Overrides</Tabs.Tab>
          <Tabs.Tab value="subscribe">Subscribe</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </TabBar>
        <Tabs.Panel value="calendar">
          <ScheduleCalendar schedule={schedule} />
        </Tabs.Panel>
        <Tabs.Panel value="rotation">
          <SavedSchedule schedule={schedule} />
        </Tabs.Panel>
        <Tabs.Panel value="overrides">
          <OverrideList schedule={schedule} />
        </Tabs.Panel>
        <Tabs.Panel value="subscribe">
          <CalendarFeeds schedule={schedule} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <ScheduleVersions schedule={schedule} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
