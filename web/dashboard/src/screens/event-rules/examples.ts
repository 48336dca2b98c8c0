/** Rules to begin with, and conditions to learn from. */
import type { RuleValues } from './ruleValues'

interface Example {
  label: string
  rule: Partial<RuleValues>
}

export const EXAMPLES: readonly Example[] = [
  {
    label: 'Be quiet about tests',
    rule: { name: 'Tests page nobody', condition: "has(labels.env) && labels.env == 'test'", suppress: true },
  },
  {
    label: 'Let nights be nights for warnings',
    rule: {
      name: 'Warnings wait for the morning',
      condition: "event.severity in ['warning', 'info'] && (now.hour < 8 || now.hour >= 20)",
      urgency: 'low',
    },
  },
  {
    label: 'Wait whether it goes away by itself',
    rule: { name: 'Flapping checks', condition: "event.summary.contains('flapping')", hold_seconds: 300 },
  },
  {
    label: 'One incident for each cluster',
    rule: {
      name: 'One incident for each cluster',
      condition: 'has(labels.cluster)',
      isGrouped: true,
      group_by: ['cluster'],
    },
  },
]

/** What conditions may name, each with an example. */
export const NAMES: readonly (readonly [string, string, string])[] = [
  ['event', 'summary, source, severity, dedup_key, action, protocol', "event.severity in ['critical', 'error']"],
  ['labels', 'what the tool says beside', "has(labels.team) && labels.team == 'payments'"],
  ['service, integration', 'id and name', "integration.name == 'Prometheus'"],
  [
    'now',
    'year, month, day, hour, minute, weekday, date, time',
    "now.weekday in ['saturday', 'sunday'] || now.hour < 7",
  ],
  ['texts', 'contains, startsWith, endsWith, matches', "event.summary.matches('disk.*full')"],
  ['numbers', 'int, double, min, max', 'has(labels.cpu) && double(labels.cpu) > 90.0'],
]
