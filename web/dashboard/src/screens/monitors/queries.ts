/** What is asked about monitors, and names of what they belong to. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Query } from '../../api/client'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { viewerZone } from '../../app/zones'

const FRESH_MS = 60_000
const EVERY = { limit: 200 }

export interface Choice {
  readonly value: string
  readonly label: string
}

interface Named {
  readonly id: string
  readonly name: string
}

function useNamed(items: readonly Named[] | undefined) {
  return useMemo(
    () => ({
      names: new Map((items ?? []).map(({ id, name }) => [id, name])) as ReadonlyMap<string, string>,
      choices: (items ?? []).map(({ id, name }): Choice => ({ value: id, label: name })),
      isLoaded: items !== undefined,
    }),
    [items],
  )
}

export function useServices() {
  return useNamed(useQuery({ ...useApi().get('/v1/services', { query: EVERY }), staleTime: FRESH_MS }).data?.items)
}

export function useTeams() {
  return useNamed(useQuery({ ...useApi().get('/v1/teams', { query: EVERY }), staleTime: FRESH_MS }).data?.items)
}

export function useGroups() {
  const found = useQuery({ ...useApi().get('/v1/monitor-groups'), staleTime: FRESH_MS })
  return { ...useNamed(found.data?.items), items: found.data?.items ?? [] }
}

export function useLocations() {
  return useNamed(
    useQuery({ ...useApi().get('/v1/private-locations', { query: EVERY }), staleTime: FRESH_MS }).data?.items,
  )
}

/** Up to 200 monitors by name, for choosing from. */
export function useMonitorNames() {
  return useNamed(useQuery({ ...useApi().get('/v1/monitors', { query: EVERY }), staleTime: FRESH_MS }).data?.items)
}

const FIGURES_MS = 5 * 60_000
const MOST = 100

/**
 * Figures that change slowly and cost the API more than a look: asked anew every five minutes, and not with each check,
 * as everything is whose key has the topic `monitors`.
 */
export function slowly<T>({ queryKey, queryFn }: Query<T>) {
  const [organization, , ...rest] = queryKey
  return {
    queryKey: [organization, 'monitor-figures', ...rest],
    queryFn,
    staleTime: FIGURES_MS,
    refetchInterval: FIGURES_MS,
    placeholderData: keepPreviousData,
  }
}

/** Uptime by day and latency by hour of monitors, by their ids. */
export function useFigures(ids: readonly string[], days: number) {
  const api = useApi()
  const parts = Array.from({ length: Math.ceil(ids.length / MOST) }, (_, n) => ids.slice(n * MOST, (n + 1) * MOST))
  return useQueries({
    queries: parts.map(part =>
      slowly(api.get('/v1/monitors/figures', { query: { monitor_id: part, days, time_zone: viewerZone } })),
    ),
    combine: found => {
      const items = found.flatMap(({ data }) => (data?.items ?? []).map(one => [one.monitor_id, one] as const))
      return { firstDay: found.find(({ data }) => data)?.data?.first_day ?? null, of: new Map(items) }
    },
  })
}

export type Figures = Model<'MonitorFigures'>

/** Days as the uptime bar takes them, the first of them a date like `2026-11-21`. */
export function daysFrom(first: string, shares: readonly (number | null)[]) {
  const begin = Date.parse(`${first}T00:00:00Z`)
  return shares.map((uptime, n) => ({ day: new Date(begin + n * 86_400_000).toISOString().slice(0, 10), uptime }))
}
