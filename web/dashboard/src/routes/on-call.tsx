/** Routes of on-call schedules. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word } from '../app/search'
import { organizationRoute } from './root'

const TABS = ['rotation', 'overrides', 'subscribe', 'history'] as const
const VIEWS = ['week', 'weeks', 'month', 'list'] as const

export type ScheduleTab = (typeof TABS)[number]
export type CalendarView = (typeof VIEWS)[number]

export interface ScheduleSearch {
  tab?: ScheduleTab
  view?: CalendarView
  /** A date that the calendar shows, `2026-11-21`. */
  from?: string
  /** In the schedule's time zone, not in the viewer's. */
  zone?: 'schedule'
  all?: true
}

const onCallRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'on-call',
  validateSearch: (search): { mine?: true; team_id?: string } => ({
    mine: flag(search, 'mine'),
    team_id: text(search, 'team_id'),
  }),
  component: lazyRouteComponent(() => import('../screens/on-call/OnCallScreen'), 'OnCallScreen'),
})

const newScheduleRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'schedules/new',
  component: lazyRouteComponent(() => import('../screens/on-call/NewScheduleScreen'), 'NewScheduleScreen'),
})

function dateIn(value: string | undefined): string | undefined {
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
}

const scheduleRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'schedules/$schedule',
  validateSearch: (search): ScheduleSearch => ({
    tab: word(search, 'tab', TABS),
    view: word(search, 'view', VIEWS),
    from: dateIn(text(search, 'from')),
    zone: word(search, 'zone', ['schedule'] as const),
    all: flag(search, 'all'),
  }),
  component: lazyRouteComponent(() => import('../screens/on-call/ScheduleScreen'), 'ScheduleScreen'),
})

export const onCallRoutes = [onCallRoute, newScheduleRoute, scheduleRoute] as const
