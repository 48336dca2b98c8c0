/** An example to try rules with, as its form has it. */
import type { Model } from '../../api/types'

export type TryValues = {
  service_id: string | null
  summary: string
  severity: Model<'Severity'>
  source: string
  /** A line for each: `team=payments`. */
  labels: string
}

export const NO_EXAMPLE: TryValues = { service_id: null, summary: '', severity: 'critical', source: '', labels: '' }

const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const

/** Labels by their lines; what has no `=` is a label without a value. */
export function labelsOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const [name = '', ...rest] = line.split('=')
    if (name.trim()) found[name.trim()] = rest.join('=').trim()
  }
  return found
}

/** The example that an event makes. */
export function exampleOf(event: Model<'TracedEvent'>): Omit<TryValues, 'service_id'> {
  return {
    summary: event.summary ?? '',
    severity: SEVERITIES.find(one => one === event.severity) ?? 'error',
    source: event.source ?? '',
    labels: Object.entries(event.labels)
      .map(([name, value]) => `${name}=${value.replaceAll('\n', ' ')}`)
      .join('\n'),
  }
}

/** An event as rules see it. */
export function inputOfExample({ summary, severity, source, labels }: TryValues): Model<'EventExample'> {
  return {
    summary: summary.slice(0, 1_000) || null,
    severity,
    source: source.slice(0, 1_000) || null,
    labels: labelsOf(labels),
    action: 'trigger',
    dedup_key: 'example',
    protocol: 'events_v2',
  }
}
