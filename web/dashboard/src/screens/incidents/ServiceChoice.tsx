/** Of which service incidents are shown. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'

interface Properties {
  className: string | undefined
  value: string | null
  onChange: (value: string | null) => void
  /** Whether it takes the focus, and opens with it. */
  isReached: boolean
}

export function ServiceChoice({ className, value, onChange, isReached }: Properties) {
  const api = useApi()
  const services = useQuery({ ...api.get('/v1/services', { query: { limit: 200 } }), staleTime: 60_000 })
  return (
    <Select
      className={className}
      aria-label="Service"
      placeholder="All services"
      clearable
      searchable
      autoFocus={isReached}
      defaultDropdownOpened={isReached}
      value={value}
      onChange={onChange}
      data={services.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
    />
  )
}
