/** An override as it is written in a form: who, from when until when by a clock, and why. */
import type { Model } from '../../api/types'
import { instantTextOf, wallAt } from '../../app/zones'
import type { Override } from './words'

type Input = Model<'tocsin__contracts__api_schedules__OverrideInput'>

/** What a form begins with: a time that was dragged over, or an override to change. */
export interface Written {
  startsAt?: number
  endsAt?: number
  override?: Override
}

export interface OverrideValues extends Record<string, unknown> {
  /** `nobody` stands for nobody. */
  user_id: string | null
  starts_at: string
  ends_at: string
  name: string
}

export const NOBODY = 'nobody'
const HOUR_MS = 3_600_000
const FIRST_HOURS = 8

export function overrideValues({ startsAt, endsAt, override }: Written, zone: string, now: number): OverrideValues {
  if (override)
    return {
      user_id: override.user_id ?? NOBODY,
      starts_at: wallAt(Date.parse(override.starts_at), zone),
      ends_at: wallAt(Date.parse(override.ends_at), zone),
      name: override.name ?? '',
    }
  const from = Math.max(startsAt ?? now, now)
  return {
    user_id: null,
    starts_at: from > now ? wallAt(from, zone) : '',
    ends_at: wallAt(endsAt ?? from + FIRST_HOURS * HOUR_MS, zone),
    name: '',
  }
}

/** What is wrong before anybody is asked. */
export function overrideErrors({ user_id: who, starts_at: from, ends_at: to }: OverrideValues): Record<string, string> {
  const found: Record<string, string> = {}
  if (!who) found.user_id = 'Choose who is on call then'
  if (!to) found.ends_at = 'Say until when'
  else if (from && to <= from) found.ends_at = 'It ends before it begins'
  return found
}

/** What is sent; without a start it holds from now on. `begun` is the start of one that has begun, which stays. */
export function overrideInput(values: OverrideValues, zone: string, begun: string | null = null): Input {
  return {
    kind: 'override',
    user_id: values.user_id === NOBODY ? null : values.user_id,
    starts_at: begun ?? (values.starts_at ? instantTextOf(values.starts_at, zone) : null),
    ends_at: instantTextOf(values.ends_at, zone) ?? '',
    name: values.name.trim() || null,
  }
}
