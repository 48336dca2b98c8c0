/** Names of what ids stand for, as far as it is still there. */
import { useQuery } from '@tanstack/react-query'
import { useApi, useMay, useOrganization } from '../../app/organization'

const FRESH_MS = 60_000
const MOST = { limit: 200 }

/** At most 200 of each kind. */
export function useNames(): ReadonlyMap<string, string> {
  const api = useApi()
  const { isDemo } = useOrganization()
  const mayKeys = useMay('admin') || isDemo
  const fresh = { staleTime: FRESH_MS }
  const members = useQuery({ ...api.get('/v1/members', { query: MOST }), ...fresh })
  const named = [
    useQuery({ ...api.get('/v1/teams', { query: MOST }), ...fresh }),
    useQuery({ ...api.get('/v1/services', { query: MOST }), ...fresh }),
    useQuery({ ...api.get('/v1/escalation-policies', { query: MOST }), ...fresh }),
    useQuery({ ...api.get('/v1/schedules', { query: MOST }), ...fresh }),
    useQuery({ ...api.get('/v1/monitors', { query: MOST }), ...fresh }),
    useQuery({ ...api.get('/v1/api-keys', { query: MOST }), ...fresh, enabled: mayKeys }),
  ]
  const names = new Map<string, string>()
  for (const one of members.data?.items ?? []) names.set(one.user_id, one.name)
  for (const found of named) for (const one of found.data?.items ?? []) names.set(one.id, one.name)
  return names
}
