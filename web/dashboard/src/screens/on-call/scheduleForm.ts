/** A schedule as it is written in a form: layers as they lie, the lowest first, each with a key that stays. */
import { randomId } from '@mantine/hooks'
import type { Model } from '../../api/types'
import { instantTextOf, wallAt } from '../../app/zones'
import type { Layer, Schedule } from './words'

type Input = Model<'ScheduleInput'>
type LayerInput = Model<'LayerInput'>
type Weekday = Model<'Weekday'>

export interface Participant {
  key: string
  /** Null for nobody: the layers below show through. */
  user_id: string | null
}

export interface Hours {
  key: string
  start: string
  end: string
  /** Both, for hours of the week, or neither, for those of each day. */
  start_day: Weekday | null
  end_day: Weekday | null
}

export interface LayerValues {
  key: string
  layer_id: string | null
  name: string
  unit: Layer['unit']
  length: number
  handoff: string
  starts_on: string
  /** By the clock of the schedule; empty: never. */
  ends_at: string
  participants: Participant[]
  restrictions: Hours[]
}

export interface ScheduleValues extends Record<string, unknown> {
  name: string
  description: string
  team_id: string | null
  time_zone: string
  layers: LayerValues[]
}

export const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]

const key = () => randomId('')

export function participant(id: string | null): Participant {
  return { key: key(), user_id: id }
}

export function hours(start: string, end: string, from: Weekday | null = null, to: Weekday | null = null): Hours {
  return { key: key(), start, end, start_day: from, end_day: to }
}

/** What a new layer begins with: turns of a week from a Monday on. */
export function newLayer(name: string, monday: string, people: (string | null)[]): LayerValues {
  return {
    key: key(),
    layer_id: null,
    name,
    unit: 'weeks',
    length: 1,
    handoff: '09:00',
    starts_on: monday,
    ends_at: '',
    participants: people.map(participant),
    restrictions: [],
  }
}

export function layerValues(layer: Layer, zone: string): LayerValues {
  return {
    ...layer,
    key: layer.layer_id,
    ends_at: layer.ends_at ? wallAt(Date.parse(layer.ends_at), zone) : '',
    participants: layer.participants.map(participant),
    restrictions: layer.restrictions.map(({ start, end, start_day: from, end_day: to }) => hours(start, end, from, to)),
  }
}

export function scheduleValues(schedule: Schedule): ScheduleValues {
  return {
    name: schedule.name,
    description: schedule.description ?? '',
    team_id: schedule.team_id,
    time_zone: schedule.time_zone,
    layers: schedule.layers.map(layer => layerValues(layer, schedule.time_zone)),
  }
}

export function layerInput(values: LayerValues, zone: string): LayerInput {
  return {
    layer_id: values.layer_id,
    name: values.name.trim(),
    unit: values.unit,
    length: values.length,
    handoff: values.handoff,
    starts_on: values.starts_on,
    ends_at: values.ends_at ? instantTextOf(values.ends_at, zone) : null,
    participants: values.participants.map(one => one.user_id),
    restrictions: values.restrictions.map(({ start, end, start_day, end_day }) => ({ start, end, start_day, end_day })),
  }
}

export function scheduleInput(values: ScheduleValues): Input {
  return {
    name: values.name.trim(),
    description: values.description.trim() || null,
    team_id: values.team_id,
    time_zone: values.time_zone,
    layers: values.layers.map(layer => layerInput(layer, values.time_zone)),
  }
}

/** What is wrong with layers before anybody is asked, by the paths of a form. */
export function layerErrors(layers: readonly LayerValues[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [index, layer] of layers.entries()) {
    const at = `layers.${index}`
    if (!layer.name.trim()) found[`${at}.name`] = 'Give it a name'
    if (layer.participants.length === 0) found[`${at}.participants`] = 'Add somebody who takes turns'
    if (!(layer.length >= 1)) found[`${at}.length`] = 'One or more'
    if (!layer.handoff) found[`${at}.handoff`] = 'Say when'
    if (!layer.starts_on) found[`${at}.starts_on`] = 'Say from which day on'
    for (const [number, one] of layer.restrictions.entries()) {
      if (!one.start) found[`${at}.restrictions.${number}.start`] = 'Say from when'
      if (!one.end) found[`${at}.restrictions.${number}.end`] = 'Say until when'
    }
  }
  return found
}

export function scheduleErrors(values: ScheduleValues): Record<string, string> {
  const found = layerErrors(values.layers)
  if (!values.name.trim()) found.name = 'Give it a name'
  if (!values.time_zone) found.time_zone = 'Choose the clock it hands over by'
  return found
}

/** A list with one of its items at another place. */
export function reordered<T>(items: readonly T[], from: number, to: number): T[] {
  const found = [...items]
  const [one] = found.splice(from, 1)
  if (one !== undefined) found.splice(to, 0, one)
  return found
}
