/** The route of analytics. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { type Search, text, word } from '../app/search'
import { organizationRoute } from './root'

const SPANS = ['week', 'quarter', 'year', 'dates'] as const
const INTERVALS = ['day', 'week', 'month'] as const
const LAST_HOUR = 23

export type AnalyticsSpan = (typeof SPANS)[number]

export interface AnalyticsSearch {
  /** 30 days unless given; `dates` are those of `from` and `to`. */
  span?: AnalyticsSpan
  /** `2026-11-21`, both within. */
  from?: string
  to?: string
  team_id?: string
  service_id?: string
  interval?: (typeof INTERVALS)[number]
  time_zone?: string
  night_from?: number
  night_until?: number
  /** Which of the two times is drawn: that until incidents were acknowledged unless given. */
  time?: 'resolve'
  /** Whose pages are shown by hour. */
  user_id?: string
}

function date(search: Search, name: string): string | undefined {
  const found = text(search, name)
  return found && /^\d{4}-\d\d-\d\d$/.test(found) && !Number.isNaN(Date.parse(found)) ? found : undefined
}

function hour(search: Search, name: string): number | undefined {
  const found = search[name]
  return typeof found === 'number' && Number.isInteger(found) && found >= 0 && found <= LAST_HOUR ? found : undefined
}

const analyticsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'analytics',
  validateSearch: (search): AnalyticsSearch => ({
    span: word(search, 'span', SPANS),
    from: date(search, 'from'),
    to: date(search, 'to'),
    team_id: text(search, 'team_id'),
    service_id: text(search, 'service_id'),
    interval: word(search, 'interval', INTERVALS),
    time_zone: text(search, 'time_zone'),
    night_from: hour(search, 'night_from'),
    night_until: hour(search, 'night_until'),
    time: word(search, 'time', ['resolve']),
    user_id: text(search, 'user_id'),
  }),
  component: lazyRouteComponent(() => import('../screens/analytics/AnalyticsScreen'), 'AnalyticsScreen'),
})

export const analyticsRoutes = [analyticsRoute] as const
