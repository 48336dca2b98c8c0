/** What of the incidents is shown; all of it is in the address. */
import { Button, Chip, Input, SegmentedControl } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, startTransition, useEffect, useState } from 'react'
import { useOrganization } from '../../app/organization'
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

const ALL_SERVICES = 'All services'
const PREPARED_MS = 1_500
const choice = () => import('./ServiceChoice')
const ServiceChoice = lazy(async () => ({ default: (await choice()).ServiceChoice }))

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
  const { isDemo } = useOrganization()
  const navigate = useNavigate({ from: '/o/$org/incidents' })
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
        <Service value={filter.service_id ?? null} onChange={service => change({ service_id: service ?? undefined })} />
      </div>
    </div>
  )
}

interface ServiceProperties {
  value: string | null
  onChange: (value: string | null) => void
}

/** A list to search in weighs more than the incidents: until it is reached for, what looks like it stands there. */
function Service({ value, onChange }: ServiceProperties) {
  const [isReached, setReached] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => void choice().catch(() => undefined), PREPARED_MS)
    return () => clearTimeout(timer)
  }, [])
  const reach = () => startTransition(() => setReached(true))
  const place = (
    <Input
      component="button"
      type="button"
      pointer
      className={classes.service}
      aria-label={`Service: ${ALL_SERVICES}`}
      onClick={reach}
    >
      <Input.Placeholder>{ALL_SERVICES}</Input.Placeholder>
    </Input>
  )
  return (
    <Suspense fallback={place}>
      {isReached || value ? (
        <ServiceChoice className={classes.service} value={value} onChange={onChange} isReached={isReached} />
      ) : (
        place
      )}
    </Suspense>
  )
}
