/** Rules as their editor has them, and as the API takes and answers them. */
import type { FieldProblem } from '../../api/problem'
import type { Model } from '../../api/types'

export type EventRules = Model<'EventRules'>
export type EventRule = Model<'EventRule'>

export type RuleValues = {
  /** Tells rules apart while they are edited. */
  key: string
  rule_id: string | null
  name: string
  condition: string
  continues: boolean
  service_id: string | null
  policy_id: string | null
  severity: Model<'Severity'> | null
  urgency: Model<'Urgency'> | null
  suppress: boolean
  hold_seconds: number | null
  isGrouped: boolean
  group_by: string[]
  group_window_seconds: number | null
}

export type SetValues = {
  time_zone: string
  rules: RuleValues[]
}

/** A rule that does nothing yet. */
export function newRule(given: Partial<RuleValues> = {}): RuleValues {
  return {
    key: crypto.randomUUID(),
    rule_id: null,
    name: '',
    condition: '',
    continues: false,
    service_id: null,
    policy_id: null,
    severity: null,
    urgency: null,
    suppress: false,
    hold_seconds: null,
    isGrouped: false,
    group_by: [],
    group_window_seconds: 900,
    ...given,
  }
}

function ruleOf({ rule_id, name, condition, continues, actions }: EventRule): RuleValues {
  return {
    key: rule_id,
    rule_id,
    name,
    condition: condition ?? '',
    continues,
    service_id: actions.service_id ?? null,
    policy_id: actions.policy_id ?? null,
    severity: actions.severity ?? null,
    urgency: actions.urgency ?? null,
    suppress: actions.suppress ?? false,
    hold_seconds: actions.hold_seconds ?? null,
    isGrouped: Boolean(actions.group),
    group_by: actions.group?.by ?? [],
    group_window_seconds: actions.group?.window_seconds ?? 900,
  }
}

/** What the editor begins with. Rules of an older version that are no more become new ones, if `known` says which are. */
export function valuesOf(found: EventRules, known?: ReadonlySet<string>): SetValues {
  const rules = found.rules.map(ruleOf)
  return {
    time_zone: found.time_zone,
    rules: known ? rules.map(one => (one.rule_id && known.has(one.rule_id) ? one : { ...one, rule_id: null })) : rules,
  }
}

/** What is sent, to save and to try. */
export function inputOf({ time_zone, rules }: SetValues): Model<'EventRulesInput'> {
  return {
    time_zone,
    rules: rules.map(one => ({
      rule_id: one.rule_id,
      name: one.name.trim(),
      condition: one.condition.trim() || null,
      continues: one.continues,
      actions: {
        service_id: one.service_id,
        policy_id: one.policy_id,
        severity: one.severity,
        urgency: one.urgency,
        suppress: one.suppress,
        hold_seconds: one.hold_seconds,
        group: one.isGrouped ? { by: one.group_by, window_seconds: one.group_window_seconds ?? 0 } : null,
      },
    })),
  }
}

const PLACES: readonly (readonly [RegExp, string])[] = [
  [/^rules\.(\d+)\.actions\.group\.window_seconds$/, 'rules.$1.group_window_seconds'],
  [/^rules\.(\d+)\.actions\.group\.by.*$/, 'rules.$1.group_by'],
  [/^rules\.(\d+)\.actions\.(\w+)$/, 'rules.$1.$2'],
]

/** The API's field problems by the editor's fields; those of a draft that is tried begin with `rules.` twice. */
export function errorsOf(fields: readonly FieldProblem[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { field, reason } of fields) {
    const own = field.replace(/^rules\.rules\./, 'rules.')
    const place = PLACES.find(([pattern]) => pattern.test(own))
    const name = place ? own.replace(place[0], place[1]) : own
    found[name] = found[name] ? `${found[name]}; ${reason}` : reason
  }
  return found
}

/** The numbers of the rules, from 0, in which something is wrong. */
export function wrongRules(errors: Readonly<Record<string, unknown>>): ReadonlySet<number> {
  return new Set(
    Object.entries(errors).flatMap(([field, error]) => {
      const match = /^rules\.(\d+)\./.exec(field)
      return error && match ? [Number(match[1])] : []
    }),
  )
}
