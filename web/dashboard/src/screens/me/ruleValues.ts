/** Notification rules as they are written in a form. */
import { randomId } from '@mantine/hooks'
import type { Method } from './channels'
import type { Planned, RuleSet } from './ruleWords'

export interface RuleValues {
  key: string
  contact_method_id: string
  delay_seconds: number | null
}

export type SetValues = { rules: RuleValues[] }

export const MOST_RULES = 20
const MOST_SECONDS = 86_400
const FIRST_PAUSE = 300

export function setValues({ rules }: Pick<RuleSet, 'rules'>): SetValues {
  return {
    rules: rules.map(({ contact_method_id, delay_seconds }) => ({
      key: `${contact_method_id}.${delay_seconds}`,
      contact_method_id,
      delay_seconds,
    })),
  }
}

/** Other rules to begin with, each a new one of this list. */
export function copied({ rules }: Pick<RuleSet, 'rules'>): RuleValues[] {
  return rules
    .filter(one => one.is_enabled)
    .map(({ contact_method_id, delay_seconds }) => ({ key: randomId(''), contact_method_id, delay_seconds }))
}

/** One more rule: a contact method that has none yet, five minutes after the last. */
export function withOneMore(rules: readonly RuleValues[], methods: readonly Method[]): RuleValues[] {
  const on = methods.filter(one => !one.disabled_at)
  const used = new Set(rules.map(one => one.contact_method_id))
  const next = on.find(one => !used.has(one.id)) ?? on[0]
  if (!next) return [...rules]
  const last = Math.max(-FIRST_PAUSE, ...rules.map(one => one.delay_seconds ?? 0))
  const delay_seconds = Math.min(last + FIRST_PAUSE, MOST_SECONDS)
  return [...rules, { key: randomId(''), contact_method_id: next.id, delay_seconds }]
}

/** Delays stay where they are when contact methods change places. */
export function moved(rules: readonly RuleValues[], from: number, to: number): RuleValues[] {
  const found = [...rules]
  const [taken] = found.splice(from, 1)
  if (!taken) return found
  found.splice(to, 0, taken)
  return found.map((rule, place) => ({ ...rule, delay_seconds: rules[place]?.delay_seconds ?? null }))
}

export function setInput({ rules }: SetValues) {
  return {
    rules: rules.map(({ contact_method_id, delay_seconds }) => ({
      contact_method_id,
      delay_seconds: delay_seconds ?? 0,
    })),
  }
}

/** What is wrong before anybody is asked, by the form's paths. */
export function setErrors({ rules }: SetValues): Record<string, string> {
  const found: Record<string, string> = {}
  const seen = new Set<string>()
  for (const [place, { contact_method_id: method, delay_seconds: delay }] of rules.entries()) {
    if (delay === null) found[`rules.${place}.delay_seconds`] = 'Say after how long; 0 is at once'
    else if (delay > MOST_SECONDS) found[`rules.${place}.delay_seconds`] = 'At most 24 hours'
    if (seen.has(`${method}.${delay}`)) found[`rules.${place}.contact_method_id`] = 'The same is there already'
    seen.add(`${method}.${delay}`)
  }
  return found
}

/** The API's field problems by the form's paths: `rules[0].delay_seconds` is `rules.0.delay_seconds` here. */
export function formPaths(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, reason]) => {
      const found = path.replace(/\[(\d+)\]/g, '.$1')
      return [/^rules\.\d+$/.test(found) ? `${found}.contact_method_id` : found, reason]
    }),
  )
}

/** What would be paged when by what is written. */
export function plannedOf(rules: readonly RuleValues[], methods: readonly Method[]): Planned[] {
  const known = new Map(methods.map(one => [one.id, one]))
  return rules.flatMap(({ contact_method_id, delay_seconds }) => {
    const method = known.get(contact_method_id)
    if (!method) return []
    return {
      contact_method_id,
      channel: method.channel,
      label: method.label,
      delay_seconds: delay_seconds ?? 0,
      is_enabled: !method.disabled_at,
      is_verified: Boolean(method.verified_at),
    }
  })
}
