/** What a component can be made of: monitors and services by name, at most 200 of each. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'

const query = { limit: 200 }
const FRESH_MS = 60_000

interface Option {
  value: string
  label: string
}

/** Options with those that are chosen and not, or not yet, among them: never an id in place of a name. */
export function withChosen(options: readonly Option[], chosen: readonly string[]): Option[] {
  const known = new Set(options.map(one => one.value))
  return [...options, ...chosen.filter(id => !known.has(id)).map(value => ({ value, label: '…' }))]
}

export function useSources() {
  const api = useApi()
  const monitors = useQuery({ ...api.get('/v1/monitors', { query }), staleTime: FRESH_MS })
  const services = useQuery({ ...api.get('/v1/services', { query }), staleTime: FRESH_MS })
  const choices = (items: readonly { id: string; name: string }[] | undefined) =>
    items?.map(({ id, name }) => ({ value: id, label: name })) ?? []
  return { monitors: choices(monitors.data?.items), services: choices(services.data?.items) }
}
