/** What audit entries say in words: who did what to which thing. */
import type { Model } from '../../api/types'

export type Entry = Model<'AuditEntry'>

/** What is changed, as one calls it in a sentence. */
export const KINDS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  audit_log: 'audit log',
  calendar_feed: 'calendar link',
  component: 'component',
  component_group: 'component group',
  contact_method: 'contact method',
  destination: 'destination',
  escalation_policy: 'escalation policy',
  event_rules: 'event rules',
  integration: 'integration',
  invitation: 'invitation',
  maintenance_window: 'maintenance window',
  membership: 'member',
  monitor: 'monitor',
  monitor_group: 'monitor group',
  monitor_run: 'monitor',
  notification_rules: 'notification rules',
  organization: 'organization',
  ping_key: 'ping key',
  private_location: 'private location',
  probe: 'probe',
  routing_key: 'routing key',
  schedule: 'schedule',
  schedule_override: 'override',
  service: 'service',
  status_page: 'status page',
  status_report: 'status report',
  status_report_template: 'report template',
  subscriber: 'subscriber',
  team: 'team',
  user: 'account',
}

const VERBS: Readonly<Record<string, string>> = {
  created: 'made',
  updated: 'changed',
  deleted: 'deleted',
  removed: 'removed',
  disabled: 'switched off',
  rotated: 'replaced',
  revoked: 'revoked',
  tested: 'tested',
  paused: 'paused',
  resumed: 'resumed',
  cancelled: 'cancelled',
  ended: 'ended',
  published: 'published',
  discarded: 'discarded',
  restored: 'restored',
  exported: 'exported',
  run: 'ran',
}

/** Where a verb and a kind don't say it; `{}` is the thing's name. */
const SENTENCES: Readonly<Record<string, string>> = {
  'audit_log.exported': 'exported the audit log',
  'component.overridden': 'set by hand how the component {} is shown',
  'component.override_ended': 'let the component {} be shown as it is again',
  'contact_method.code_sent': 'had a code sent to the contact method {}',
  'contact_method.tested': 'sent a test page to {}',
  'contact_method.verified': 'verified the contact method {}',
  'destination.tested': 'sent a test page to the destination {}',
  'integration.tested': 'sent a test event by the integration {}',
  'invitation.accepted': 'accepted the invitation of {}',
  'invitation.created': 'invited {}',
  'invitation.declined': 'declined the invitation of {}',
  'invitation.resent': 'sent the invitation of {} again',
  'invitation.revoked': 'took back the invitation of {}',
  'invitation.updated': 'changed the invitation of {}',
  'membership.created': 'made {} a member',
  'membership.left': 'left the organization',
  'membership.notices_chosen': 'chose which notices {} gets',
  'membership.removed': 'removed {} from the organization',
  'membership.updated': 'changed the role of {}',
  'monitor.beacon_removed': 'took the beacon away from the monitor {}',
  'monitor.beacon_set': 'set a beacon for the monitor {}',
  'monitor.key_rotated': 'replaced the key of the monitor {}',
  'monitor.tried': 'tried out a monitor',
  'notification_rules.reset': 'set the notification rules of {} back',
  'notification_rules.updated': 'changed the notification rules of {}',
  'organization.created': 'founded the organization',
  'organization.deletion_begun': 'began to delete the organization',
  'organization.exported': 'exported the organization',
  'organization.paging_resumed': 'let paging go on',
  'organization.paging_stopped': 'stopped all paging',
  'organization.restored': 'kept the organization from being deleted',
  'organization.updated': 'changed the settings of the organization',
  'probe.enrolled': 'enrolled as the probe {}',
  'probe.renewed': 'renewed the certificate of the probe {}',
  'service.dependencies_updated': 'changed what the service {} depends on',
  'status_page.logo_deleted': 'took the logo away from the status page {}',
  'status_page.logo_written': 'gave the status page {} a logo',
  'status_page.ordered': 'put the components of the status page {} into another order',
  'status_report.update_added': 'added an update to the status report {}',
  'status_report.update_deleted': 'deleted an update of the status report {}',
  'status_report.update_edited': 'edited an update of the status report {}',
  'subscriber.asked': 'invited the subscriber {}',
  'user.deleted': 'deleted their account',
  'user.email_changed': 'changed their e-mail address',
  'user.renamed': 'changed their name',
  'user.signed_out': 'signed out everywhere',
}

/** Actions that are offered to filter by, of each kind. */
const COMMON = ['created', 'updated', 'deleted']
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  api_key: ['created', 'rotated', 'revoked'],
  audit_log: ['exported'],
  calendar_feed: ['created', 'rotated', 'revoked'],
  component: [...COMMON, 'overridden', 'override_ended'],
  contact_method: ['created', 'verified', 'disabled', 'removed', 'tested', 'code_sent'],
  destination: [...COMMON, 'tested', 'disabled'],
  event_rules: ['updated'],
  integration: ['created', 'tested', 'deleted'],
  invitation: ['created', 'updated', 'resent', 'revoked', 'accepted', 'declined'],
  maintenance_window: ['created', 'updated', 'ended', 'cancelled'],
  membership: ['created', 'updated', 'removed', 'left', 'notices_chosen'],
  monitor: [...COMMON, 'paused', 'resumed', 'run', 'key_rotated', 'beacon_set', 'beacon_removed'],
  monitor_run: [],
  notification_rules: ['updated', 'reset'],
  organization: ['created', 'updated', 'paging_stopped', 'paging_resumed', 'exported', 'deletion_begun', 'restored'],
  ping_key: ['created', 'revoked'],
  probe: ['created', 'enrolled', 'renewed', 'rotated', 'revoked'],
  routing_key: ['created', 'rotated', 'revoked'],
  schedule_override: ['created', 'updated', 'cancelled'],
  service: [...COMMON, 'dependencies_updated'],
  status_page: [...COMMON, 'ordered', 'logo_written', 'logo_deleted'],
  status_report: ['published', 'updated', 'update_added', 'update_edited', 'update_deleted', 'discarded', 'restored'],
  subscriber: ['asked', 'deleted'],
  user: ['renamed', 'email_changed', 'signed_out', 'deleted'],
}

function plain(word: string): string {
  return word.replaceAll('_', ' ')
}

export function kindName(kind: string): string {
  return KINDS[kind] ?? plain(kind)
}

/** What was done, with `{}` in the place of the thing's name. */
export function sentenceOf(action: string): string {
  const known = SENTENCES[action]
  if (known) return known
  const [kind = '', verb = ''] = action.split('.')
  return `${VERBS[verb] ?? plain(verb)} the ${kindName(kind)} {}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The same without the thing, as a choice: `Replaced the API key`. */
export function actionName(action: string): string {
  const said = sentenceOf(action)
    .replace(/\s*\{\}/, ' …')
    .trim()
  return capital(said.endsWith(' …') ? said.slice(0, -2) : said)
}

/** What can be done to a kind; without one, nothing in particular. */
export function actionsOf(kind: string | undefined): string[] {
  return kind ? (ACTIONS[kind] ?? COMMON).map(verb => `${kind}.${verb}`) : []
}

export const KIND_CHOICES = Object.keys(KINDS)
  .filter(kind => kind !== 'monitor_run')
  .map(value => ({ value, label: capital(kindName(value)) }))
  .sort((a, b) => a.label.localeCompare(b.label))

const NAMES = ['name', 'title', 'summary', 'email', 'label', 'address', 'shown'] as const

/** What the thing is called, by what was read of it; null where nothing names it. */
export function nameOf({ before, after }: Pick<Entry, 'before' | 'after'>): string | null {
  for (const seen of [after, before]) {
    const field = NAMES.find(one => typeof seen?.[one] === 'string' && seen[one] !== '')
    if (field) return String(seen?.[field])
    if (typeof seen?.hint === 'string') return `…${seen.hint}`
  }
  return null
}

/** The actor as the filter takes it. */
export function actorOf({ actor_kind: kind, actor_id: id }: Pick<Entry, 'actor_kind' | 'actor_id'>): string {
  return id ? `${kind}:${id}` : kind
}
