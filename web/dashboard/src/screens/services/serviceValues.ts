/** A service as its form has it, and as the API takes it. */
import type { Model } from '../../api/types'

export type Service = Model<'Service'>

/** A type, since an interface is no record of unknowns, which drafts are. */
export type ServiceValues = {
  name: string
  policy_id: string | null
  team_id: string | null
  urgency: Service['urgency']
  runbook_url: string
  acknowledgement_timeout_seconds: number | null
  auto_resolve_seconds: number | null
  reopen_window_seconds: number | null
}

export const NO_VALUES: ServiceValues = {
  name: '',
  policy_id: null,
  team_id: null,
  urgency: 'by_severity',
  runbook_url: '',
  acknowledgement_timeout_seconds: null,
  auto_resolve_seconds: null,
  reopen_window_seconds: null,
}

/** What the form begins with. */
export function valuesOf(service: Service): ServiceValues {
  return {
    name: service.name,
    policy_id: service.policy_id,
    team_id: service.team_id,
    urgency: service.urgency,
    runbook_url: service.runbook_url ?? '',
    acknowledgement_timeout_seconds: service.acknowledgement_timeout_seconds,
    auto_resolve_seconds: service.auto_resolve_seconds,
    reopen_window_seconds: service.reopen_window_seconds || null,
  }
}

/** What is sent. */
export function inputOf(values: ServiceValues): Model<'ServiceInput'> {
  return {
    ...values,
    name: values.name.trim(),
    runbook_url: values.runbook_url.trim() || null,
    reopen_window_seconds: values.reopen_window_seconds ?? 0,
  }
}

export const URGENCIES: readonly { value: Service['urgency']; label: string }[] = [
  { value: 'by_severity', label: 'By severity: critical and error are high' },
  { value: 'high', label: 'Always high' },
  { value: 'low', label: 'Always low' },
]
