/** Whom a step can page, in groups as a field offers them, and what each is called. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { type Target, targetOf, targetText } from './policyForm'

export interface Choice {
  value: string
  label: string
}

export interface Choices {
  groups: { group: string; items: Choice[] }[]
  labelOf: (text: string) => string
}

const FRESH_MS = 60_000

function text(kind: Target['kind'], value: string, who: Target['who'] = null): string {
  return targetText({ kind, value, who })
}

export function useTargets(): Choices {
  const api = useApi()
  const query = { limit: 200 }
  const members = useQuery({ ...api.get('/v1/members', { query }), staleTime: FRESH_MS })
  const teams = useQuery({ ...api.get('/v1/teams', { query }), staleTime: FRESH_MS })
  const schedules = useQuery({ ...api.get('/v1/schedules', { query }), staleTime: FRESH_MS })
  const destinations = useQuery({ ...api.get('/v1/destinations', { query }), staleTime: FRESH_MS })
  const rotas = schedules.data?.items ?? []
  const groups = [
    {
      group: 'Who is on call',
      items: rotas.map(({ id, name }) => ({ value: text('schedule', id, 'now'), label: `On call in ${name}` })),
    },
    {
      group: 'Who is on call next',
      items: rotas.map(({ id, name }) => ({ value: text('schedule', id, 'next'), label: `Next in ${name}` })),
    },
    {
      group: 'People',
      items: (members.data?.items ?? []).map(one => ({ value: text('user', one.user_id), label: one.name })),
    },
    {
      group: 'Everybody of a team',
      items: (teams.data?.items ?? []).map(({ id, name }) => ({ value: text('team', id), label: `Team ${name}` })),
    },
    {
      group: 'Channels and webhooks',
      items: (destinations.data?.items ?? []).map(one => ({
        value: text('destination', one.id),
        label: one.disabled_at ? `${one.name} (switched off)` : one.name,
      })),
    },
  ].filter(({ items }) => items.length > 0)
  const labels = new Map(groups.flatMap(({ items }) => items.map(({ value, label }) => [value, label] as const)))
  const isLoading = [members, teams, schedules, destinations].some(one => one.isPending)
  const labelOf = (one: string) => {
    const { kind, value } = targetOf(one)
    if (kind === 'email') return value
    return labels.get(one) ?? (isLoading ? '…' : `A ${kind} that is gone`)
  }
  return { groups, labelOf }
}
