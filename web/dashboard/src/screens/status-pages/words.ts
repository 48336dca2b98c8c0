/** The words of status pages: what states are called and look like, and which may follow which. */
import type { Model } from '../../api/types'
import type { State } from '../../components/StatusBadge'

export type ComponentStatus = Model<'ComponentStatus'>
export type ReportStatus = Model<'ReportStatus'>
export type ReportKind = Model<'ReportKind'>
export type Impact = Model<'Impact'>

export interface Choice<V extends string> {
  value: V
  label: string
}

export const COMPONENT_STATUSES: readonly Choice<ComponentStatus>[] = [
  { value: 'operational', label: 'Operational' },
  { value: 'degraded_performance', label: 'Degraded performance' },
  { value: 'partial_outage', label: 'Partial outage' },
  { value: 'major_outage', label: 'Major outage' },
  { value: 'under_maintenance', label: 'Under maintenance' },
]

/** How a report's status looks. */
export const REPORT_LOOKS: Readonly<Record<ReportStatus, { state: State; word: string }>> = {
  investigating: { state: 'critical', word: 'Investigating' },
  identified: { state: 'error', word: 'Identified' },
  monitoring: { state: 'info', word: 'Monitoring' },
  resolved: { state: 'resolved', word: 'Resolved' },
  postmortem: { state: 'info', word: 'Postmortem' },
  scheduled: { state: 'snoozed', word: 'Scheduled' },
  in_progress: { state: 'under_maintenance', word: 'In progress' },
  verifying: { state: 'under_maintenance', word: 'Verifying' },
  completed: { state: 'resolved', word: 'Completed' },
}

const OPEN_INCIDENT: readonly ReportStatus[] = ['investigating', 'identified', 'monitoring', 'resolved']
const RUNNING: readonly ReportStatus[] = ['in_progress', 'verifying', 'completed']

/** What a report may begin with, most usual first. */
export const FIRST: Readonly<Record<ReportKind, readonly ReportStatus[]>> = {
  incident: OPEN_INCIDENT,
  maintenance: ['scheduled', 'in_progress', 'verifying', 'completed'],
}

/** What an update may say after another one, as the API has it. */
export const FOLLOWING: Readonly<Record<ReportStatus, readonly ReportStatus[]>> = {
  investigating: OPEN_INCIDENT,
  identified: OPEN_INCIDENT,
  monitoring: OPEN_INCIDENT,
  resolved: [...OPEN_INCIDENT, 'postmortem'],
  postmortem: ['postmortem'],
  scheduled: ['scheduled', 'in_progress', 'completed'],
  in_progress: RUNNING,
  verifying: RUNNING,
  completed: ['completed', 'in_progress'],
}

export const OVER: readonly ReportStatus[] = ['resolved', 'postmortem', 'completed']
export const OPEN: Readonly<Record<ReportKind, ReportStatus[]>> = {
  incident: ['investigating', 'identified', 'monitoring'],
  maintenance: ['scheduled', 'in_progress', 'verifying'],
}

export function statusChoices(statuses: readonly ReportStatus[]): Choice<ReportStatus>[] {
  return statuses.map(value => ({ value, label: REPORT_LOOKS[value].word }))
}

export const IMPACTS: Readonly<Record<Impact, string>> = {
  none: 'No impact',
  maintenance: 'Maintenance',
  minor: 'Minor impact',
  major: 'Major impact',
  critical: 'Critical impact',
}

/** What a page says as a whole. */
export const HEADLINES: Readonly<Record<Impact, { state: State; word: string }>> = {
  none: { state: 'operational', word: 'All systems operational' },
  maintenance: { state: 'under_maintenance', word: 'Maintenance in progress' },
  minor: { state: 'degraded_performance', word: 'Degraded service' },
  major: { state: 'partial_outage', word: 'Partial system outage' },
  critical: { state: 'major_outage', word: 'Major system outage' },
}

/** Why a component is told as what it is; for members alone. */
export const REASONS: Readonly<Record<Exclude<Model<'Because'>, 'nothing'>, string>> = {
  override: 'set by hand',
  report: 'a report says so',
  maintenance_window: 'a maintenance window covers it',
  monitor: 'by its monitors',
  service: 'by incidents of its services',
}

export const AUTOMATIC: readonly (Choice<Model<'Automatic'>> & { description: string })[] = [
  { value: 'off', label: 'Nothing', description: 'People say everything.' },
  {
    value: 'suggest',
    label: 'Suggest',
    description: 'A report is drafted, and people decide whether it is published.',
  },
  {
    value: 'publish',
    label: 'Publish',
    description: 'Statuses follow the monitors, and reports are published in words without internals.',
  },
]

export const CHANNELS: Readonly<Record<Model<'SubscriberChannel'>, string>> = {
  email: 'E-mail',
  webhook: 'Webhook',
  slack: 'Slack',
}

export const KINDS: Readonly<Record<ReportKind, string>> = { incident: 'Incidents', maintenance: 'Maintenance' }

/** `Checkout`, `Checkout and Search`, `Checkout, Search and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

/** A template’s words with what stands for components and the page filled in. */
export function filledIn(words: string, components: readonly string[], page: string): string {
  return words
    .replaceAll('{components}', components.length > 0 ? listed(components, Number.POSITIVE_INFINITY) : page)
    .replaceAll('{page}', page)
}

const LONGEST_SLUG = 63

/** The part of an address that a name makes. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return plain.slice(0, LONGEST_SLUG).replace(/^-+|-+$/g, '')
}

/** When a template is used without anybody's doing. */
export const USED_WHEN: Readonly<Record<'opened' | 'resolved', string>> = {
  opened: 'When an incident opens',
  resolved: 'When it is resolved',
}
