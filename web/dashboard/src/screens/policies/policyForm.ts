/** An escalation policy as it is written in a form: steps each with a key that stays, targets as texts. */
import { randomId } from '@mantine/hooks'
import type { Model } from '../../api/types'

export type Policy = Model<'Policy'>
export type Step = Model<'PolicyStep'>
export type Target = Model<'PolicyTarget'>
export type Severity = Model<'Severity'>
export type Urgency = Model<'Urgency'>
type Weekday = Model<'Weekday'>
type Input = Model<'PolicyInput'>
type StepInput = Model<'StepInput'>

export interface Times {
  key: string
  days: Weekday[]
  starts: string
  ends: string
}

export interface StepValues {
  key: string
  step_id: string | null
  delay_seconds: number
  /** As `targetText` writes them. */
  targets: string[]
  retries: number
  retry_interval_seconds: number
  round_robin: boolean
  severities: Severity[]
  urgencies: Urgency[]
  times: Times[]
  while: Model<'While'>
}

export interface PolicyValues extends Record<string, unknown> {
  name: string
  team_id: string | null
  rounds: number
  round_delay_seconds: number
  time_zone: string
  fallback: string[]
  steps: StepValues[]
}

const key = () => randomId('')
const FIRST_DELAY = 300
const KINDS: readonly Target['kind'][] = ['user', 'team', 'email', 'schedule', 'destination']

/** `schedule:now:<id>`, `email::ops@example.com`: a target as one text. */
export function targetText({ kind, value, who }: Target): string {
  return `${kind}:${kind === 'schedule' ? (who ?? 'now') : ''}:${value}`
}

export function targetOf(text: string): Target {
  const [kind = '', who = '', ...rest] = text.split(':')
  const found = KINDS.find(one => one === kind) ?? 'email'
  return { kind: found, value: rest.join(':'), who: found === 'schedule' ? (who === 'next' ? 'next' : 'now') : null }
}

export function newStep(isFirst: boolean): StepValues {
  return {
    key: key(),
    step_id: null,
    delay_seconds: isFirst ? 0 : FIRST_DELAY,
    targets: [],
    retries: 0,
    retry_interval_seconds: 0,
    round_robin: false,
    severities: [],
    urgencies: [],
    times: [],
    while: 'not_acknowledged',
  }
}

export function times(days: Weekday[], starts = '09:00', ends = '17:00'): Times {
  return { key: key(), days, starts, ends }
}

/** The same step once more; it will be a step of its own. */
export function copyOf(step: StepValues): StepValues {
  return { ...step, key: key(), step_id: null }
}

export function stepValues({ conditions, targets, ...step }: Step): StepValues {
  return {
    key: step.step_id,
    step_id: step.step_id,
    delay_seconds: step.delay_seconds,
    targets: targets.map(targetText),
    retries: step.retries ?? 0,
    retry_interval_seconds: step.retry_interval_seconds ?? 0,
    round_robin: step.round_robin ?? false,
    severities: conditions?.severities ?? [],
    urgencies: conditions?.urgencies ?? [],
    times: conditions?.times?.map(one => times(one.days, one.starts, one.ends)) ?? [],
    while: conditions?.while ?? 'not_acknowledged',
  }
}

export function policyValues(policy: Policy): PolicyValues {
  return {
    name: policy.name,
    team_id: policy.team_id,
    rounds: policy.rounds,
    round_delay_seconds: policy.round_delay_seconds,
    time_zone: policy.time_zone ?? 'UTC',
    fallback: policy.fallback?.map(targetText) ?? [],
    steps: policy.steps.map(stepValues),
  }
}

/** An earlier version to be saved anew: steps that are gone by now become new ones. */
export function broughtBack(earlier: Policy, current: Policy): PolicyValues {
  const known = new Set(current.steps.map(step => step.step_id))
  const values = policyValues(earlier)
  return {
    ...values,
    steps: values.steps.map(step => (step.step_id && known.has(step.step_id) ? step : { ...step, step_id: null })),
  }
}

function stepInput(step: StepValues): StepInput {
  return {
    step_id: step.step_id,
    delay_seconds: step.delay_seconds,
    targets: step.targets.map(targetOf),
    retries: step.retries,
    retry_interval_seconds: step.retries > 0 ? step.retry_interval_seconds : 0,
    round_robin: step.round_robin,
    conditions: {
      severities: step.severities,
      urgencies: step.urgencies,
      times: step.times.map(({ days, starts, ends }) => ({ days, starts, ends })),
      while: step.while,
    },
  }
}

export function policyInput(values: PolicyValues): Input {
  return {
    name: values.name.trim(),
    team_id: values.team_id,
    rounds: values.rounds,
    round_delay_seconds: values.round_delay_seconds,
    time_zone: values.time_zone,
    fallback: values.fallback.map(targetOf),
    steps: values.steps.map(stepInput),
  }
}

/** What is wrong before anybody is asked, by the API's paths. */
export function policyErrors(values: PolicyValues): Record<string, string> {
  const found: Record<string, string> = {}
  if (!values.name.trim()) found.name = 'Give it a name'
  if (values.steps.length === 0) found.steps = 'A policy needs a step: somebody to page first'
  for (const [index, step] of values.steps.entries()) {
    const at = `steps.${index}`
    if (step.targets.length === 0) found[`${at}.targets`] = 'Choose whom it pages'
    if (step.retries > 0 && step.retry_interval_seconds === 0)
      found[`${at}.retry_interval_seconds`] = 'Say how long to wait before it pages again'
    for (const [number, one] of step.times.entries())
      if (one.days.length === 0) found[`${at}.conditions.times.${number}.days`] = 'Choose a day'
  }
  return found
}

/** The steps that something is wrong with, by their places. */
export function stepsInError(errors: Readonly<Record<string, unknown>>): Set<number> {
  const places = Object.keys(errors).map(path => /^steps\.(\d+)\./.exec(path)?.[1])
  return new Set(places.filter(place => place !== undefined).map(Number))
}
