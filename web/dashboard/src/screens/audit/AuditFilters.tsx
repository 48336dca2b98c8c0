/** What of the audit log is shown; all of it is in the address. */
import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useApi } from '../../app/organization'
import { actorName } from '../../app/useActors'
import type { AuditFilter } from '../../routes/access'
import classes from './Audit.module.css'
import { actionName, actionsOf, KIND_CHOICES, kindName } from './words'

interface Properties {
  filter: AuditFilter
  names: ReadonlyMap<string, string>
}

const KINDS_OF_ACTORS = [
  { value: 'user', label: 'Any person' },
  { value: 'api_key', label: 'Any API key' },
  { value: 'system', label: 'Tocsin itself' },
  { value: 'probe', label: 'Any probe' },
]

type Choice = { value: string; label: string }

/** People and keys by name; what the address names is among them, whatever it is. */
function useActorChoices(chosen: string | undefined, names: Properties['names']) {
  const api = useApi()
  const query = { limit: 200 }
  const members = useQuery({ ...api.get('/v1/members', { query }), staleTime: 60_000 })
  const keys = useQuery({ ...api.get('/v1/api-keys', { query }), staleTime: 60_000 })
  const people = members.data?.items.map(one => ({ value: `user:${one.user_id}`, label: one.name })) ?? []
  const byKey = keys.data?.items.map(one => ({ value: `api_key:${one.id}`, label: one.name })) ?? []
  const known = [...KINDS_OF_ACTORS, ...people, ...byKey]
  const others: Choice[] =
    chosen && !known.some(one => one.value === chosen) ? [{ value: chosen, label: actorName(chosen, names) }] : []
  return [
    { group: 'Of a kind', items: [...KINDS_OF_ACTORS, ...others] },
    { group: 'People', items: people },
    { group: 'API keys', items: byKey },
  ].filter(one => one.items.length > 0)
}

export function AuditFilters({ filter, names }: Properties) {
  const navigate = useNavigate({ from: '/o/$org/audit' })
  const change = (found: AuditFilter) => void navigate({ search: before => ({ ...before, ...found }), replace: true })
  const [isOpen, setOpen] = useState(false)
  const actors = useActorChoices(filter.actor, names)
  const { actor, action, subject_kind: kind, from, to } = filter
  const chosen = [actor, action, kind, from, to].filter(Boolean).length
  const actions = [...new Set([...actionsOf(kind), ...(action ? [action] : [])])]
  return (
    <div className={classes.filters}>
      <Button
        className={classes.toggle}
        variant="default"
        aria-expanded={isOpen}
        onClick={() => setOpen(before => !before)}
        leftSection={<IconFilter size={18} aria-hidden />}
      >
        Filters{chosen > 0 ? ` (${chosen})` : ''}
      </Button>
      <div className={classes.choices} data-open={isOpen || undefined}>
        <Select
          className={classes.choice}
          aria-label="Who"
          placeholder="Anybody"
          clearable
          searchable
          value={actor ?? null}
          onChange={value => change({ actor: value ?? undefined })}
          data={actors}
        />
        <Select
          className={classes.choice}
          aria-label="What"
          placeholder="Anything"
          clearable
          searchable
          value={kind ?? null}
          onChange={value => change({ subject_kind: value ?? undefined, action: undefined, subject_id: undefined })}
          data={
            kind && !KIND_CHOICES.some(one => one.value === kind)
              ? [...KIND_CHOICES, { value: kind, label: kindName(kind) }]
              : KIND_CHOICES
          }
        />
        {actions.length > 0 && (
          <Select
            className={classes.choice}
            aria-label="What was done"
            placeholder="All that was done"
            clearable
            value={action ?? null}
            onChange={value => change({ action: value ?? undefined })}
            data={actions.map(value => ({ value, label: actionName(value) }))}
          />
        )}
        <Day label="From" value={from} max={to} onChange={value => change({ from: value })} />
        <Day label="Until" value={to} min={from} onChange={value => change({ to: value })} />
      </div>
      <Narrowed filter={filter} names={names} onChange={change} />
    </div>
  )
}

interface DayProperties {
  label: string
  value: string | undefined
  min?: string
  max?: string
  onChange: (value: string | undefined) => void
}

function Day({ label, value, min, max, onChange }: DayProperties) {
  return (
    <TextInput
      className={classes.date}
      type="date"
      aria-label={label}
      leftSection={<span className={classes.label}>{label}</span>}
      leftSectionWidth={52}
      value={value ?? ''}
      min={min}
      max={max}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  )
}

/** What only links set: one thing, or one request. */
function Narrowed({ filter, names, onChange }: Properties & { onChange: (found: AuditFilter) => void }) {
  const { subject_id: subject, request_id: request, subject_kind: kind } = filter
  return (
    <>
      {subject && (
        <Mark label="Show all things" onRemove={() => onChange({ subject_id: undefined })}>
          About {kind ? `the ${kindName(kind)} ` : ''}
          {names.get(subject) ?? ''}
        </Mark>
      )}
      {request && (
        <Mark label="Show all requests" onRemove={() => onChange({ request_id: undefined })}>
          Of one request
        </Mark>
      )}
    </>
  )
}

function Mark({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  return (
    <span className={classes.mark}>
      <span>{children}</span>
      <CloseButton size="sm" aria-label={label} onClick={onRemove} />
    </span>
  )
}
