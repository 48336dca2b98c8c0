/** What API keys are, and how each stands. */
import { serverNow } from '../../api/clock'
import type { Model } from '../../api/types'
import type { Role } from '../../app/organization'
import { instantOf, viewerZone } from '../../app/zones'
import { grantable } from '../people/roles'

export type ApiKey = Model<'ApiKey'>
export type Group = Model<'Group'>

export const GROUPS: readonly { value: Group; label: string }[] = [
  { value: 'incidents', label: 'Incidents' },
  { value: 'services', label: 'Services and integrations' },
  { value: 'policies', label: 'Escalation policies' },
  { value: 'schedules', label: 'Schedules' },
  { value: 'event_rules', label: 'Event rules' },
  { value: 'monitors', label: 'Monitors' },
  { value: 'maintenance', label: 'Maintenance windows' },
  { value: 'status_pages', label: 'Status pages' },
  { value: 'probes', label: 'Private locations' },
  { value: 'contact_methods', label: 'Contact methods' },
  { value: 'members', label: 'Members and invitations' },
  { value: 'teams', label: 'Teams' },
  { value: 'keys', label: 'API keys' },
  { value: 'analytics', label: 'Analytics and findings' },
  { value: 'audit', label: 'Audit log' },
  { value: 'organization', label: 'Organization' },
]

export type KeyState = 'in use' | 'never used' | 'ending' | 'ended' | 'revoked'

/** What a role may, of a key. */
export const MAY: Readonly<Record<Role, string>> = {
  viewer: 'Reads everything and changes nothing.',
  responder: 'Also acts on incidents, swaps shifts, writes status reports and plans maintenance.',
  admin: 'Also sets everything up: services, policies, monitors, pages, people, keys.',
  owner: 'Also exports, hands over and ends the organization.',
}

const SOON_MS = 7 * 86_400_000
const DAY_MS = 86_400_000

export function stateOf(key: ApiKey, now: number): KeyState {
  if (key.revoked_at) return 'revoked'
  if (key.expires_at) {
    const left = Date.parse(key.expires_at) - now
    if (left <= 0) return 'ended'
    if (left < SOON_MS) return 'ending'
  }
  return key.last_used_at ? 'in use' : 'never used'
}

export function isInForce(key: ApiKey, now: number): boolean {
  const state = stateOf(key, now)
  return state !== 'ended' && state !== 'revoked'
}

function lower(label: string): string {
  return label.startsWith('API') ? label : label.charAt(0).toLowerCase() + label.slice(1)
}

/** `incidents, monitors and 3 more`. */
export function groupWords(groups: readonly Group[]): string {
  const labels = GROUPS.filter(one => groups.includes(one.value)).map(one => lower(one.label))
  if (labels.length <= 3) return labels.join(', ')
  return `${labels.slice(0, 2).join(', ')} and ${labels.length - 2} more`
}

/** Why somebody of a role may not replace a key, or end it; null where they may. Their own they may always end. */
export function refusal(own: Role, role: Role, isEnding: boolean, isOwn: boolean): string | null {
  if (isEnding && isOwn) return null
  return grantable(own).some(one => one.value === role) ? null : 'This key may do more than you. Ask an owner.'
}

export type KeyValues = {
  name: string
  personal: boolean
  role: Role
  access: Model<'Access'>
  scope: 'all' | 'some'
  groups: Group[]
  /** Days from now, `never`, or `date` for `ends`. */
  expires: string
  /** A wall clock's, for `date`. */
  ends: string
}

export const EXPIRES = [
  { value: 'never', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'date', label: 'At a time of your choice' },
]

function endOf({ expires, ends }: KeyValues): string | null {
  if (expires === 'never') return null
  const at = expires === 'date' ? instantOf(ends, viewerZone) : serverNow() + Number(expires) * DAY_MS
  return at === null ? null : new Date(at).toISOString()
}

/** What is sent for it. */
export function keyInput(values: KeyValues): Model<'ApiKeyInput'> {
  const { name, personal, role, access, scope, groups } = values
  return {
    name: name.trim(),
    personal,
    role,
    access: role === 'viewer' ? 'read' : access,
    groups: scope === 'all' ? null : groups,
    expires_at: endOf(values),
  }
}

/** What is missing or makes no sense, by field. */
export function keyErrors(values: KeyValues): Partial<Record<keyof KeyValues, string>> {
  const errors: Partial<Record<keyof KeyValues, string>> = {}
  if (values.name.trim() === '') errors.name = 'say what it is for'
  if (values.scope === 'some' && values.groups.length === 0) errors.groups = 'choose at least one'
  if (values.expires === 'date') {
    const at = instantOf(values.ends, viewerZone)
    if (at === null) errors.ends = 'give a date and a time'
    else if (at <= serverNow()) errors.ends = 'must be in the future'
  }
  return errors
}
