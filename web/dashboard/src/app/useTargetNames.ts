/** What the targets of steps are called: only those kinds are asked for that there are. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from './organization'

export interface Target {
  kind: string
  value: string
  who?: 'next' | 'now' | null
}

const FRESH_MS = 60_000

/** Answers a function that names a target. */
export function useTargetNames(targets: readonly Target[]): (target: Target) => string {
  const api = useApi()
  const kinds = new Set(targets.map(one => one.kind))
  const query = { limit: 200 }
  const enabled = (kind: string) => ({ enabled: kinds.has(kind), staleTime: FRESH_MS })
  const members = useQuery({ ...api.get('/v1/members', { query }), ...enabled('user') })
  const teams = useQuery({ ...api.get('/v1/teams', { query }), ...enabled('team') })
  const schedules = useQuery({ ...api.get('/v1/schedules', { query }), ...enabled('schedule') })
  const destinations = useQuery({ ...api.get('/v1/destinations', { query }), ...enabled('destination') })
  const names = new Map<string, string>()
  for (const one of members.data?.items ?? []) names.set(one.user_id, one.name)
  for (const found of [teams, schedules, destinations])
    for (const one of found.data?.items ?? []) names.set(one.id, one.name)
  return ({ kind, value, who }) => {
    if (kind === 'email') return value
    const name = names.get(value) ?? '…'
    if (kind === 'schedule') return `${who === 'next' ? 'next' : 'on call'} in ${name}`
    return kind === 'team' ? `team ${name}` : name
  }
}
