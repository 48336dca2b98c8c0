/** What is asked on the way to the first page. */
import { useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { incidentQueries } from '../incidents/queries'
import { type Parts, triggerOf } from './firstPage'

const MOST = { limit: 200 }
const SOON_MS = 800

/** The viewer's own contact methods. */
export function useMethods() {
  const { api, userId } = useOrganization()
  return useQuery({
    ...api.get('/v1/users/{user_id}/contact-methods', { path: { user_id: userId ?? '' } }),
    enabled: userId !== null,
  })
}

/** Policies, services and integrations. */
export function useParts(): { parts: Parts | undefined; error: Error | null; isPending: boolean; refetch: () => void } {
  const api = useApi()
  const policies = useQuery(api.get('/v1/escalation-policies', { query: MOST }))
  const services = useQuery(api.get('/v1/services', { query: MOST }))
  const integrations = useQuery(api.get('/v1/integrations', { query: MOST }))
  const all = [policies, services, integrations]
  return {
    parts:
      policies.data && services.data && integrations.data
        ? { policies: policies.data.items, services: services.data.items, integrations: integrations.data.items }
        : undefined,
    error: all.find(one => one.error)?.error ?? null,
    isPending: all.some(one => one.isPending),
    refetch: () => {
      for (const one of all) if (one.error) void one.refetch()
    },
  }
}

/** The newest event of an integration that opened something; looked for often while `awaited` has not come. */
export function useTrigger(integration: Model<'Integration'>, awaited: string | undefined) {
  const path = { service_id: integration.service_id }
  const found = useQuery({
    ...useApi().get('/v1/services/{service_id}/events', { path, query: { limit: 50 } }),
    refetchInterval: ({ state }) =>
      awaited && !state.data?.items.some(one => one.id === awaited) && !state.error ? SOON_MS : false,
  })
  const items = found.data?.items ?? []
  const event = awaited ? items.find(one => one.id === awaited) : triggerOf(items, integration.id)
  return { event, error: found.error, isPending: found.isPending, refetch: () => void found.refetch() }
}

/** An incident and its pages; looked at often while a page is on its way. */
export function useOutcome(id: string | null | undefined) {
  const { incident, pages } = incidentQueries(useApi(), id ?? '')
  const isAsked = Boolean(id)
  const found = useQuery({ ...incident, enabled: isAsked })
  const told = useQuery({
    ...pages,
    enabled: isAsked,
    refetchInterval: ({ state }) => {
      const items = state.data?.items
      const isOver = found.data?.status !== 'triggered' || state.error
      return isOver || items?.some(one => one.finished_at) ? false : SOON_MS
    },
  })
  return {
    incident: id ? found.data : undefined,
    pages: id ? (told.data?.items ?? []) : [],
    error: found.error ?? told.error,
  }
}
