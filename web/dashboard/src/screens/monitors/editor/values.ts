/** A monitor as its form has it, and as the API takes it. */
import type { Model } from '../../../api/types'
import type { Kind, Monitor } from '../words'
import { emptySpecs, type SpecValues, specInput, specValues } from './specValues'

/** A type, since an interface is no record of unknowns, which drafts are. */
export type MonitorValues = {
  kind: Kind
  name: string
  service_id: string | null
  description: string
  tags: string[]
  group_id: string | null
  team_id: string | null
  severity: Monitor['severity']
  interval_seconds: string
  timeout_seconds: number | ''
  /** Null: from everywhere. */
  regions: string[] | null
  failures_to_down: number | ''
  successes_to_up: number | ''
  quorum: number | ''
  confirmation_seconds: number | null
  recovery_seconds: number | null
  specs: SpecValues
}

/** What a new one begins with. */
export function newValues(kind: Kind, zone: string, service: string | null): MonitorValues {
  return {
    kind,
    name: '',
    service_id: service,
    description: '',
    tags: [],
    group_id: null,
    team_id: null,
    severity: 'critical',
    interval_seconds: '60',
    timeout_seconds: 10,
    regions: null,
    failures_to_down: 2,
    successes_to_up: 2,
    quorum: '',
    confirmation_seconds: 0,
    recovery_seconds: 300,
    specs: emptySpecs(zone),
  }
}

/** What the form of one that there is begins with. */
export function valuesOf(monitor: Monitor, zone: string): MonitorValues {
  return {
    kind: monitor.kind,
    name: monitor.name,
    service_id: monitor.service_id,
    description: monitor.description,
    tags: monitor.tags,
    group_id: monitor.group_id,
    team_id: monitor.team_id,
    severity: monitor.severity,
    interval_seconds: String(monitor.interval_seconds),
    timeout_seconds: monitor.timeout_seconds,
    regions: monitor.regions,
    failures_to_down: monitor.failures_to_down,
    successes_to_up: monitor.successes_to_up,
    quorum: monitor.quorum ?? '',
    confirmation_seconds: monitor.confirmation_seconds,
    recovery_seconds: monitor.recovery_seconds,
    specs: specValues(monitor.spec, zone),
  }
}

export type Secrets = Readonly<Record<string, string | null>> | undefined

/** What is sent. */
export function inputOf(values: MonitorValues, secrets: Secrets): Model<'MonitorInput'> {
  const { kind, specs: _, quorum, regions, interval_seconds, timeout_seconds, ...rest } = values
  const common = {
    ...rest,
    name: values.name.trim(),
    service_id: values.service_id ?? '',
    failures_to_down: Number(values.failures_to_down),
    successes_to_up: Number(values.successes_to_up),
    confirmation_seconds: values.confirmation_seconds ?? 0,
    recovery_seconds: values.recovery_seconds ?? 0,
    spec: specInput(values),
    secrets: secrets as Record<string, never> | undefined,
  }
  // a heartbeat is checked from nowhere, and its own spec says when it is due
  if (kind === 'heartbeat') return { ...common, interval_seconds: 60, timeout_seconds: 10 }
  return {
    ...common,
    regions,
    quorum: quorum === '' ? null : quorum,
    interval_seconds: Number(interval_seconds),
    timeout_seconds: Number(timeout_seconds),
  }
}

/** Where in the form a field of the API is; lists that are one field have their own errors together. */
export function formPath(field: string, kind: Kind): string {
  return field
    .replace(/^spec\./, `specs.${kind}.`)
    .replace(/\.(codes|warn_days|expect)\.\d+$/, '.$1')
    .replace(/^(regions|tags)\.\d+$/, '$1')
}
