/** Where the things are that the API names by kind and id, as audit entries and findings do. */
import type { LinkProps } from '@tanstack/react-router'

export type Place = Pick<LinkProps, 'to' | 'params' | 'search'>

/** What else is known of a thing: what it belongs to. */
export type Known = Readonly<Record<string, unknown>>

/** Kinds that have a screen of their own, by the name of its parameter. */
const OWN: Readonly<Record<string, (org: string, id: string) => Place>> = {
  service: (org, id) => ({ to: '/o/$org/services/$service', params: { org, service: id } }),
  integration: (org, id) => ({ to: '/o/$org/integrations/$integration', params: { org, integration: id } }),
  monitor: (org, id) => ({ to: '/o/$org/monitors/$monitor', params: { org, monitor: id } }),
  escalation_policy: (org, id) => ({ to: '/o/$org/policies/$policy', params: { org, policy: id } }),
  schedule: (org, id) => ({ to: '/o/$org/schedules/$schedule', params: { org, schedule: id } }),
  status_page: (org, id) => ({ to: '/o/$org/status-pages/$page', params: { org, page: id } }),
  status_report: (org, id) => ({ to: '/o/$org/status-reports/$report', params: { org, report: id } }),
  private_location: (org, id) => ({ to: '/o/$org/monitors/regions/$location', params: { org, location: id } }),
  membership: (org, id) => ({ to: '/o/$org/people/$user', params: { org, user: id } }),
  user: (org, id) => ({ to: '/o/$org/people/$user', params: { org, user: id } }),
  api_key: (org, id) => ({ to: '/o/$org/api-keys', params: { org }, search: { key: id } }),
}

/** Kinds that are shown in a list. */
const LISTED: Readonly<Record<string, (org: string) => Place>> = {
  team: org => ({ to: '/o/$org/people', params: { org }, search: { tab: 'teams' } }),
  invitation: org => ({ to: '/o/$org/people', params: { org }, search: { tab: 'invitations' } }),
  organization: org => ({ to: '/o/$org/settings', params: { org } }),
  maintenance_window: org => ({ to: '/o/$org/maintenance', params: { org } }),
  monitor_group: org => ({ to: '/o/$org/monitors/groups', params: { org } }),
  ping_key: org => ({ to: '/o/$org/monitors/ping-keys', params: { org } }),
  destination: org => ({ to: '/o/$org/policies/destinations', params: { org } }),
  event_rule: org => ({ to: '/o/$org/event-rules', params: { org } }),
  event_rules: org => ({ to: '/o/$org/event-rules', params: { org } }),
}

/** Kinds that are found within another, by the field that names it. */
const WITHIN: Readonly<Record<string, readonly [field: string, kind: string, search?: Record<string, string>]>> = {
  routing_key: ['integration_id', 'integration'],
  contact_method: ['user_id', 'user'],
  notification_rules: ['user_id', 'user', { tab: 'rules' }],
  schedule_override: ['schedule_id', 'schedule', { tab: 'overrides' }],
  calendar_feed: ['schedule_id', 'schedule', { tab: 'subscribe' }],
  probe: ['private_location_id', 'private_location'],
  event_rules: ['service_id', 'service', { tab: 'rules' }],
}

/** Where a thing is to be seen; null where it has no place. */
export function placeOf(org: string, kind: string, id: string, known: Known = {}): Place | null {
  const [field = '', whole = '', search] = WITHIN[kind] ?? []
  const within = known[field]
  if (typeof within === 'string') {
    const place = OWN[whole]?.(org, within)
    return place ? { ...place, search } : null
  }
  return OWN[kind]?.(org, id) ?? LISTED[kind]?.(org) ?? null
}
