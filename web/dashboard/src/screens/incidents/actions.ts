/** What is done to incidents: shown at once, and taken back when the API says no. */
import { type InfiniteData, type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import { meQuery } from '../../app/me'
import { useApi } from '../../app/organization'
import { notifyProblem } from '../../components/notices'

export type Incident = Model<'Incident'>
type Page = Model<'IncidentPage'>

export type Move = 'acknowledge' | 'resolve' | 'unacknowledge' | 'reopen' | 'unsnooze'

/** What an incident will look like. */
export function moved(incident: Incident, move: Move, by: string, at: string): Partial<Incident> {
  switch (move) {
    case 'acknowledge':
      return { status: 'acknowledged', acknowledged_at: at, acknowledged_by_name: by, snoozed_until: null }
    case 'resolve':
      return { status: 'resolved', resolved_at: at, resolved_by_name: by, snoozed_until: null }
    case 'unacknowledge':
      return { status: 'triggered', acknowledged_at: null, acknowledged_by: null, acknowledged_by_name: null }
    case 'reopen':
      return { status: 'triggered', resolved_at: null, resolved_by: null, resolved_by_name: null }
    case 'unsnooze':
      return { snoozed_until: null, status: incident.status }
  }
}

function isList(data: unknown): data is InfiniteData<Page> {
  return typeof data === 'object' && data !== null && 'pages' in data
}

function isOne(data: unknown): data is Incident {
  return typeof data === 'object' && data !== null && 'number' in data && 'status' in data
}

/** Show some incidents otherwise, wherever they are shown; answers what was shown before. */
function show(queries: QueryClient, topic: QueryKey, ids: ReadonlySet<string>, change: (one: Incident) => Incident) {
  const before = queries.getQueriesData({ queryKey: topic })
  queries.setQueriesData({ queryKey: topic }, (data: unknown) => {
    if (isOne(data)) return ids.has(data.id) ? change(data) : data
    if (!isList(data)) return data
    const pages = data.pages.map(page =>
      page.items ? { ...page, items: page.items.map(one => (ids.has(one.id) ? change(one) : one)) } : page,
    )
    return { ...data, pages }
  })
  return before
}

/** Move incidents, one or many at once. Each is a call of its own: one that is refused does not hold up the others. */
export function useMove() {
  const api = useApi()
  const queries = useQueryClient()
  const topic = api.topic('incidents')
  return useMutation({
    mutationFn: async ({ ids, move }: { ids: readonly string[]; move: Move }) => {
      const done = await Promise.allSettled(
        ids.map(id => api.post(`/v1/incidents/{incident_id}/${move}`, { path: { incident_id: id } })),
      )
      const failed = done.find(one => one.status === 'rejected')
      if (failed) throw failed.reason
    },
    onMutate: async ({ ids, move }) => {
      await queries.cancelQueries({ queryKey: topic })
      const me = queries.getQueryData(meQuery.queryKey) as Model<'Me'> | undefined
      const by = me?.name ?? 'You'
      const at = new Date(serverNow()).toISOString()
      return { before: show(queries, topic, new Set(ids), one => ({ ...one, ...moved(one, move, by, at) })) }
    },
    onError: (error, _, context) => {
      for (const [key, data] of context?.before ?? []) queries.setQueryData(key, data)
      notifyProblem(error)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: topic }),
  })
}
