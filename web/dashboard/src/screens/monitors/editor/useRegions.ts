/** From where monitors can be checked: regions that have reported or that others name, and private locations. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../../../app/organization'
import { useLocations } from '../queries'
import { regionName } from '../words'

const FRESH_MS = 60_000
const PRIVATE = 'private:'

/** `named` are regions that are shown in any case. */
export function useRegions(named: readonly string[]) {
  const api = useApi()
  const reported = useQuery({ ...api.get('/v1/check-regions'), staleTime: FRESH_MS }).data?.items
  const others = useQuery({ ...api.get('/v1/monitors', { query: { limit: 200 } }), staleTime: FRESH_MS }).data?.items
  const { names, choices } = useLocations()
  return useMemo(() => {
    const found = new Set([
      ...(reported ?? []).map(one => one.region),
      ...(others ?? []).flatMap(one => one.regions),
      ...choices.map(one => `${PRIVATE}${one.value}`),
      ...named,
    ])
    const sorted = [...found].sort(
      (a, b) => Number(a.startsWith(PRIVATE)) - Number(b.startsWith(PRIVATE)) || a.localeCompare(b),
    )
    return sorted.map(value => ({ value, label: regionName(value, names) }))
  }, [reported, others, choices, names, named])
}
