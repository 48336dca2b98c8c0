/** What of the incidents is shown; all of it is in the address. */
import { Button, Chip, SegmentedControl, Select } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi, useOrganization } from '../../app/organization'
import type { IncidentFilter } from '../../routes/incidents'
import classes from './IncidentFilters.module.css'

type Statuses = NonNullable<IncidentFilter['status']>

const VIEWS = {
  open: { label: 'Open', status: undefined },
  triggered: { label: 'Triggered', status: ['triggered'] },
  acknowledged: { label: 'Acknowledged', status: ['acknowledged'] },
  resolved: { label: 'Resolved', status: ['resolved'] },
  all: { label: 'All', status: ['triggered', 'acknowledged', 'resolved'] },
} satisfies Record<string, { label: string; status: Statuses | undefined }>

type View = keyof typeof VIEWS

/** What is asked of the API: what is not resolved, unless the address says otherwise. */
export function statusesOf(filter: IncidentFilter): Statuses {
  return filter.status ?? ['triggered', 'acknowledged']
}

function viewOf({ status }: IncidentFilter): View {
  if (!status) return 'open'
  if (status.length === 3) return 'all'
  return status.length === 1 && status[0] ? status[0] : 'open'
}

export function IncidentFilters({ filter }: { filter: IncidentFilter }) {
  const api = useApi()
  const { isDemo } = useOrganization()
  const navigate = useNavigate({ from: '/o/$org/incidents' })
  const services = useQuery({ ...api.get('/v1/services', { query: { limit: 200 } }), staleTime: 60_000 })
  const [isOpen, setOpen] = useState(false)
  const change = (found: IncidentFilter) =>
    void navigate({ search: before => ({ ...before, ...found }), replace: true })
  return (
    <div className={classes.filters}>
      <SegmentedControl
        className={classes.views}
        aria-label="Which incidents"
        value={viewOf(filter)}
        onChange={view => change({ status: VIEWS[view as View].status })}
        data={Object.entries(VIEWS).map(([value, { label }]) => ({ value, label }))}
      />
      <div className={classes.chips}>
        {!isDemo && (
          <Chip checked={filter.mine ?? false} onChange={mine => change({ mine: mine || undefined })} variant="outline">
            Mine
          </Chip>
        )}
        <Chip
          checked={filter.urgency === 'high'}
          onChange={high => change({ urgency: high ? 'high' : undefined })}
          variant="outline"
        >
          High urgency
        </Chip>
      </div>
      <Button
        className={classes.toggle}
        variant="default"
        aria-expanded={isOpen}
        onClick={() => setOpen(before => !before)}
        leftSection={<IconFilter size={18} aria-hidden />}
      >
        Filters{filter.service_id ? ' (1)' : ''}
      </Button>
      <div className={classes.choices} data-open={isOpen || undefined}>
        <Select
          className={classes.service}
          aria-label="Service"
          placeholder="All services"
          clearable
          searchable
          value={filter.service_id ?? null}
          onChange={value => change({ service_id: value ?? undefined })}
          data={services.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
      </div>
    </div>
  )
}
