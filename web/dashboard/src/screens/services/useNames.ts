/** What policies, teams, services and integrations are called, for lists and choices. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'

const FRESH_MS = 60_000
const MOST = { limit: 200 }

interface Named {
  id: string
  name: string
}

function choices(items: readonly Named[] | undefined) {
  return items?.map(({ id, name }) => ({ value: id, label: name })) ?? []
}

function names(items: readonly Named[] | undefined): ReadonlyMap<string, string> {
  return new Map(items?.map(({ id, name }) => [id, name]))
}

/** Escalation policies by name, at most 200. */
export function usePolicies() {
  const found = useQuery({ ...useApi().get('/v1/escalation-policies', { query: MOST }), staleTime: FRESH_MS })
  return { names: names(found.data?.items), choices: choices(found.data?.items) }
}

/** Teams by name, at most 200. */
export function useTeams() {
  const found = useQuery({ ...useApi().get('/v1/teams', { query: MOST }), staleTime: FRESH_MS })
  return { names: names(found.data?.items), choices: choices(found.data?.items) }
}

/** Services by name, at most 200. */
export function useServices() {
  const found = useQuery({ ...useApi().get('/v1/services', { query: MOST }), staleTime: FRESH_MS })
  return { names: names(found.data?.items), choices: choices(found.data?.items) }
}

/** The integrations of a service, at most 200. */
export function useIntegrations(service: string) {
  return useQuery(useApi().get('/v1/integrations', { query: { service_id: service, ...MOST } }))
}

export interface Open {
  count: number
  /** `triggered` while nobody works on one of them. */
  state: 'triggered' | 'acknowledged'
}

/** The open incidents of each service that has any, of the newest 200. */
export function useOpenIncidents(): ReadonlyMap<string, Open> {
  const query = { status: ['triggered' as const, 'acknowledged' as const], ...MOST }
  const found = useQuery(useApi().get('/v1/incidents', { query }))
  const open = new Map<string, Open>()
  for (const { service_id: id, status } of found.data?.items ?? []) {
    const before = open.get(id)
    const isNobodys = status === 'triggered' || before?.state === 'triggered'
    open.set(id, { count: (before?.count ?? 0) + 1, state: isNobodys ? 'triggered' : 'acknowledged' })
  }
  return open
}
