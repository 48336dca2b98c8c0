/** What there is to go to, in the order of the navigation. */
import {
  IconActivityHeartbeat,
  IconArrowsSplit,
  IconBell,
  IconBroadcast,
  IconBuilding,
  IconCalendarUser,
  IconChartBar,
  IconChecklist,
  IconHistory,
  IconKey,
  IconPlugConnected,
  IconRocket,
  IconStairsUp,
  IconTool,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'

type Destination =
  | '/o/$org/start'
  | '/o/$org/incidents'
  | '/o/$org/on-call'
  | '/o/$org/monitors'
  | '/o/$org/maintenance'
  | '/o/$org/status-pages'
  | '/o/$org/services'
  | '/o/$org/policies'
  | '/o/$org/event-rules'
  | '/o/$org/people'
  | '/o/$org/findings'
  | '/o/$org/analytics'
  | '/o/$org/api-keys'
  | '/o/$org/audit'
  | '/o/$org/settings'

export interface Item {
  readonly to: Destination
  readonly label: string
  readonly icon: TablerIcon
  /** Beginnings of other addresses that belong to it. */
  readonly covers?: readonly string[]
}

/** Whether an address belongs to an item, by itself or as one it covers. */
export function isAt({ to, covers = [] }: Item, path: string, org: string): boolean {
  return [to, ...covers.map(one => `/o/$org/${one}`)].some(one => {
    const begin = one.replace('$org', org)
    return path === begin || path.startsWith(`${begin}/`)
  })
}

export interface Section {
  readonly label: string
  readonly items: readonly Item[]
}

const incidents: Item = { to: '/o/$org/incidents', label: 'Incidents', icon: IconBell }
const onCall: Item = {
  to: '/o/$org/on-call',
  label: 'On call',
  icon: IconCalendarUser,
  covers: ['schedules'],
}
const monitors: Item = {
  to: '/o/$org/monitors',
  label: 'Monitors',
  icon: IconActivityHeartbeat,
}

/** Stands before all others until an organization has had its first page. */
export const FIRST: Item = { to: '/o/$org/start', label: 'Your first page', icon: IconRocket }

export const SECTIONS: readonly Section[] = [
  { label: 'Respond', items: [incidents, onCall] },
  {
    label: 'Watch',
    items: [
      monitors,
      { to: '/o/$org/maintenance', label: 'Maintenance', icon: IconTool },
      {
        to: '/o/$org/status-pages',
        label: 'Status pages',
        icon: IconBroadcast,
        covers: ['status-reports'],
      },
    ],
  },
  {
    label: 'Set up',
    items: [
      {
        to: '/o/$org/services',
        label: 'Services',
        icon: IconPlugConnected,
        covers: ['integrations'],
      },
      { to: '/o/$org/policies', label: 'Escalation', icon: IconStairsUp },
      { to: '/o/$org/event-rules', label: 'Event rules', icon: IconArrowsSplit },
      { to: '/o/$org/people', label: 'People', icon: IconUsers },
      { to: '/o/$org/findings', label: 'Findings', icon: IconChecklist },
    ],
  },
  {
    label: 'Organization',
    items: [
      { to: '/o/$org/analytics', label: 'Analytics', icon: IconChartBar },
      { to: '/o/$org/api-keys', label: 'API keys', icon: IconKey },
      { to: '/o/$org/audit', label: 'Audit log', icon: IconHistory },
      { to: '/o/$org/settings', label: 'Settings', icon: IconBuilding },
    ],
  },
]

/** What is at the bottom of a phone, beside "More". */
export const TABS: readonly Item[] = [incidents, onCall, monitors]
