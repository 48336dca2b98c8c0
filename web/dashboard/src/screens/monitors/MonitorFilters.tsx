/** What of the monitors is shown; all of it is in the address. */
import { Button, Chip, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { createContext, memo, type ReactNode, useContext, useMemo, useState } from 'react'
import type { MonitorFilter } from '../../routes/monitors'
import type { Counted, Counts } from './attention'
import classes from './MonitorFilters.module.css'
import { useGroups, useServices } from './queries'
import { KINDS, type Kind, type Monitor } from './words'

type Status = NonNullable<MonitorFilter['status']>[number]

const STATUSES: readonly { value: Status; label: string }[] = [
  { value: 'down', label: 'Down' },
  { value: 'degraded', label: 'Degraded' },
  { value: 'unknown', label: 'Unknown' },
  { value: 'up', label: 'Up' },
]
const TYPING_MS = 250
const number = new Intl.NumberFormat()

/** The tags of what is shown, and the one that is asked for; the very same list as long as it holds the same. */
export function useTags(monitors: readonly Monitor[], chosen: string | undefined): readonly string[] {
  const found = new Set(monitors.flatMap(one => one.tags))
  if (chosen) found.add(chosen)
  const text = JSON.stringify([...found].sort())
  return useMemo(() => JSON.parse(text) as string[], [text])
}

const CountsContext = createContext<Counts>({})

/** Tells the filters how many monitors each would show, without having them drawn anew. */
export function CountsProvider({ counts, children }: { counts: Counts; children: ReactNode }) {
  const text = JSON.stringify(counts)
  const same = useMemo(() => JSON.parse(text) as Counts, [text])
  return <CountsContext value={same}>{children}</CountsContext>
}

function Count({ of }: { of: Counted }) {
  const count = useContext(CountsContext)[of]
  return count ? ` ${number.format(count)}` : null
}

interface Properties {
  filter: MonitorFilter
  tags: readonly string[]
}

/** Drawn anew only for another filter or tag: the list below it changes with every check. */
export const MonitorFilters = memo(function MonitorFilters({ filter, tags }: Properties) {
  const navigate = useNavigate({ from: '/o/$org/monitors' })
  const change = (found: MonitorFilter) => void navigate({ search: before => ({ ...before, ...found }), replace: true })
  const groups = useGroups()
  const services = useServices()
  const [isOpen, setOpen] = useState(false)
  const chosen = [filter.kind, filter.service_id, filter.group_id, filter.tag].filter(Boolean).length
  return (
    <div className={classes.filters}>
      <Sought text={filter.q} onChange={q => change({ q })} />
      <Chip.Group
        multiple
        value={filter.status ?? []}
        onChange={found => change({ status: found.length > 0 ? (found as Status[]) : undefined })}
      >
        <fieldset className={classes.chips} aria-label="Status">
          {STATUSES.map(({ value, label }) => (
            <Chip key={value} value={value} variant="outline">
              {label}
              <Count of={value} />
            </Chip>
          ))}
          <PausedChip isOn={filter.paused ?? false} onChange={on => change({ paused: on || undefined })} />
        </fieldset>
      </Chip.Group>
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
          aria-label="Kind"
          placeholder="All kinds"
          clearable
          value={filter.kind?.[0] ?? null}
          onChange={found => change({ kind: found ? [found as Kind] : undefined })}
          data={Object.entries(KINDS).map(([value, { label }]) => ({ value, label }))}
        />
        <Select
          className={classes.choice}
          aria-label="Service"
          placeholder="All services"
          clearable
          searchable
          value={filter.service_id ?? null}
          onChange={found => change({ service_id: found ?? undefined })}
          data={services.choices}
        />
        {groups.choices.length > 0 && (
          <Select
            className={classes.choice}
            aria-label="Group"
            placeholder="All groups"
            clearable
            value={filter.group_id ?? null}
            onChange={found => change({ group_id: found ?? undefined })}
            data={groups.choices}
          />
        )}
        {tags.length > 0 && (
          <Select
            className={classes.choice}
            aria-label="Tag"
            placeholder="All tags"
            clearable
            searchable
            value={filter.tag ?? null}
            onChange={found => change({ tag: found ?? undefined })}
            data={[...tags]}
          />
        )}
      </div>
    </div>
  )
})

/** Beside the statuses, and a filter of its own: a paused monitor keeps its last status. */
function PausedChip({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <Chip.Group multiple value={isOn ? ['paused'] : []} onChange={found => onChange(found.length > 0)}>
      <Chip value="paused" variant="outline">
        Paused
        <Count of="paused" />
      </Chip>
    </Chip.Group>
  )
}

/** What is typed is looked for once one pauses. */
function Sought({ text, onChange }: { text: string | undefined; onChange: (text: string | undefined) => void }) {
  const [typed, setTyped] = useState(text ?? '')
  const tell = useDebouncedCallback((found: string) => onChange(found.trim() || undefined), TYPING_MS)
  return (
    <TextInput
      className={classes.search}
      aria-label="Find a monitor"
      placeholder="Name, URL or host"
      maxLength={200}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        tell(currentTarget.value)
      }}
    />
  )
}
