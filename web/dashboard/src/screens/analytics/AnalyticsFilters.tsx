/** Which time, team and service are looked at; all of it is in the address. */
import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { serverNow } from '../../api/clock'
import type { AnalyticsSearch } from '../../routes/analytics'
import { useServices, useTeams } from '../services/useNames'
import classes from './AnalyticsFilters.module.css'
import { askedOf, datesOf, type Interval, SPANS, type Span } from './asked'

const INTERVALS: Readonly<Record<Interval, string>> = { day: 'By day', week: 'By week', month: 'By month' }

/** Changes what the address says. */
export function useChange() {
  const navigate = useNavigate({ from: '/o/$org/analytics' })
  return (found: AnalyticsSearch) =>
    void navigate({ search: before => ({ ...before, ...found }), replace: true, resetScroll: false })
}

export function AnalyticsFilters({ search }: { search: AnalyticsSearch }) {
  const change = useChange()
  const services = useServices().choices
  const teams = useTeams().choices
  const span = search.span ?? 'month'
  const dates = datesOf(search, serverNow())
  const choose = (found: Span) => {
    if (found === 'dates') change({ span: 'dates', ...dates, interval: undefined })
    else change({ span: found === 'month' ? undefined : found, from: undefined, to: undefined, interval: undefined })
  }
  return (
    <div className={classes.filters}>
      <SegmentedControl
        className={classes.spans}
        aria-label="For how long"
        value={span}
        onChange={value => choose(value as Span)}
        data={Object.entries(SPANS).map(([value, { label }]) => ({ value, label }))}
      />
      {span === 'dates' && (
        <div className={classes.dates}>
          <TextInput
            aria-label="From"
            type="date"
            max={dates.to}
            value={dates.from}
            onChange={({ currentTarget }) => change({ from: currentTarget.value || undefined })}
          />
          <span aria-hidden>–</span>
          <TextInput
            aria-label="To"
            type="date"
            min={dates.from}
            value={dates.to}
            onChange={({ currentTarget }) => change({ to: currentTarget.value || undefined })}
          />
        </div>
      )}
      <Select
        className={classes.choice}
        aria-label="Team"
        placeholder="All teams"
        clearable
        searchable
        value={search.team_id ?? null}
        onChange={value => change({ team_id: value ?? undefined })}
        data={teams}
      />
      <Select
        className={classes.choice}
        aria-label="Service"
        placeholder="All services"
        clearable
        searchable
        value={search.service_id ?? null}
        onChange={value => change({ service_id: value ?? undefined })}
        data={services}
      />
      <Select
        className={classes.interval}
        aria-label="Told apart"
        allowDeselect={false}
        value={askedOf(search, serverNow()).response.interval}
        onChange={value => change({ interval: (value ?? undefined) as Interval | undefined })}
        data={Object.entries(INTERVALS).map(([value, label]) => ({ value, label }))}
      />
    </div>
  )
}
