/** A report as its forms have it, and as the API takes it. Times are wall clocks in the viewer's zone. */
import type { Model } from '../../api/types'
import { instantTextOf, viewerZone, wallAt } from '../../app/zones'
import type { Component, Report, Template } from './queries'
import { type ComponentStatus, filledIn, type ReportKind, type ReportStatus } from './words'

export type Said = { component_id: string; status: ComponentStatus }

export type ReportValues = {
  title: string
  body: string
  status: ReportStatus
  components: Said[]
  /** Of incidents, when it began; empty: now. */
  started: string
  from: string
  until: string
  moves_by_schedule: boolean
  mutes: boolean
  tells_subscribers: boolean
}

const HOUR_MS = 3_600_000

/** What a form for a new report begins with. */
export function newReport(kind: ReportKind, now: number): ReportValues {
  const next = Math.ceil(now / HOUR_MS) * HOUR_MS
  return {
    title: '',
    body: '',
    status: kind === 'incident' ? 'investigating' : 'scheduled',
    components: [],
    started: '',
    from: wallAt(next + 24 * HOUR_MS, viewerZone),
    until: wallAt(next + 25 * HOUR_MS, viewerZone),
    moves_by_schedule: true,
    mutes: false,
    tells_subscribers: true,
  }
}

export function reportValues(report: Report): ReportValues {
  const wall = (at: string | null) => (at ? wallAt(Date.parse(at), viewerZone) : '')
  const first = report.updates.at(-1)
  return {
    title: report.title,
    body: first?.body ?? '',
    status: report.status,
    components: report.components.map(({ component_id, status }) => ({ component_id, status })),
    started: wall(report.started_at),
    from: wall(report.scheduled_for),
    until: wall(report.scheduled_until),
    moves_by_schedule: report.moves_by_schedule,
    mutes: report.mutes,
    tells_subscribers: first?.tells_subscribers ?? true,
  }
}

/** The instant of a field that has been checked to be one. */
function instant(wall: string): string {
  return instantTextOf(wall, viewerZone) ?? wall
}

/** Words with a template's gaps filled in. */
export function filled(values: ReportValues, components: readonly Component[], page: string): ReportValues {
  const said = new Set(values.components.map(one => one.component_id))
  const names = components.filter(one => said.has(one.id)).map(one => one.name)
  return {
    ...values,
    title: filledIn(values.title, names, page).trim(),
    body: filledIn(values.body, names, page).trim(),
  }
}

type State = 'draft' | 'published'

export function reportInput(values: ReportValues, state: State): Model<'ReportInput'> {
  const { title, body, status, components, started, tells_subscribers } = values
  return {
    title,
    body,
    status,
    components,
    state,
    tells_subscribers,
    started_at: started ? instant(started) : undefined,
  }
}

export function maintenanceInput(values: ReportValues, state: State): Model<'MaintenanceInput'> {
  const { title, body, status, components, moves_by_schedule, mutes, tells_subscribers } = values
  return {
    title,
    body,
    status,
    state,
    component_ids: components.map(one => one.component_id),
    scheduled_for: instant(values.from),
    scheduled_until: instant(values.until),
    moves_by_schedule,
    mutes,
    tells_subscribers,
  }
}

/** What of a report has been changed; of what is published, its words stay. Null where nothing has. */
export function reportPatch(before: Report, values: ReportValues): Model<'ReportPatch'> | null {
  const was = reportValues(before)
  const isOther = (name: keyof ReportValues) => JSON.stringify(values[name]) !== JSON.stringify(was[name])
  const patch: Model<'ReportPatch'> = {}
  if (isOther('title')) patch.title = values.title.trim()
  if (isOther('components')) patch.components = values.components
  if (before.state === 'draft') {
    if (isOther('body')) patch.body = values.body.trim()
    if (isOther('status')) patch.status = values.status
  }
  if (before.kind === 'incident') {
    if (isOther('started') && values.started) patch.started_at = instant(values.started)
  } else {
    if (isOther('from')) patch.scheduled_for = instant(values.from)
    if (isOther('until')) patch.scheduled_until = instant(values.until)
    if (isOther('moves_by_schedule')) patch.moves_by_schedule = values.moves_by_schedule
    if (isOther('mutes')) patch.mutes = values.mutes
  }
  return Object.keys(patch).length > 0 ? patch : null
}

/** The API's fields by the form's. */
export function reportErrors(errors: Record<string, string>): Record<string, string> {
  const names: Readonly<Record<string, string>> = {
    started_at: 'started',
    scheduled_for: 'from',
    scheduled_until: 'until',
    component_ids: 'components',
  }
  return Object.fromEntries(Object.entries(errors).map(([field, reason]) => [names[field] ?? field, reason]))
}

/** What a template says, put into a form. */
export function withTemplate(values: ReportValues, { title, body, status }: Template): ReportValues {
  return { ...values, title, body, status }
}
