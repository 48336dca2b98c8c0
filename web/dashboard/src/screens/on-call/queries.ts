/** What is asked about schedules. */
import type { Api } from '../../api/client'

const DAY_MS = 86_400_000

/** Shifts are clipped to the window that is asked for: asked for wider, those at its edges are told whole. */
const MARGIN_DAYS = 14

export function scheduleQueries(api: Api, id: string) {
  const path = { schedule_id: id }
  return {
    schedule: api.get('/v1/schedules/{schedule_id}', { path }),
    calendars: api.get('/v1/schedules/{schedule_id}/calendars', { path }),
    shifts: (startsAt: number, endsAt: number) => {
      const query = {
        since: new Date(startsAt - MARGIN_DAYS * DAY_MS).toISOString(),
        until: new Date(endsAt + MARGIN_DAYS * DAY_MS).toISOString(),
      }
      return api.get('/v1/schedules/{schedule_id}/shifts', { path, query })
    },
  }
}

/** All members; nobody has more than the API lists on one page but the largest. */
export function membersQuery(api: Api) {
  return { ...api.get('/v1/members', { query: { limit: 200 } }), staleTime: 60_000 }
}
