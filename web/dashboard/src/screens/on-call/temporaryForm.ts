/** A temporary schedule as it is written in a form. */
import type { Model } from '../../api/types'
import { instantTextOf, wallAt } from '../../app/zones'
import { dateAt, mondayOf } from './days'
import { type LayerValues, layerErrors, layerInput, layerValues, newLayer } from './scheduleForm'
import type { Layer, Override, Schedule } from './words'

type Input = Model<'tocsin__contracts__api_schedules__OverrideInput'>

export interface TemporaryValues extends Record<string, unknown> {
  name: string
  starts_at: string
  ends_at: string
  time_zone: string
  layers: LayerValues[]
}

interface Begun {
  override: Override | undefined
  schedule: Schedule
  /** The clock that its start and end are written by. */
  zone: string
  now: number
  userId: string | null
}

const WEEK_MS = 604_800_000

export function temporaryValues({ override, schedule, zone, now, userId }: Begun): TemporaryValues {
  const own = override?.time_zone ?? schedule.time_zone
  if (override)
    return {
      name: override.name ?? '',
      starts_at: wallAt(Date.parse(override.starts_at), zone),
      ends_at: wallAt(Date.parse(override.ends_at), zone),
      time_zone: own,
      layers: override.layers?.map(layer => layerValues(layer, own)) ?? [],
    }
  const layer = newLayer('Turns', mondayOf(dateAt(now, own)), userId ? [userId] : [])
  return {
    name: '',
    starts_at: '',
    ends_at: wallAt(now + WEEK_MS, zone),
    time_zone: own,
    layers: [{ ...layer, unit: 'days' }],
  }
}

export function temporaryErrors(values: TemporaryValues): Record<string, string> {
  const found = layerErrors(values.layers)
  if (!values.name.trim()) found.name = 'Give it a name'
  if (!values.ends_at) found.ends_at = 'Say until when'
  else if (values.starts_at && values.ends_at <= values.starts_at) found.ends_at = 'It ends before it begins'
  return found
}

function kept({ layer_id, name, unit, length, handoff, starts_on, ends_at, participants, restrictions }: Layer) {
  return { layer_id, name, unit, length, handoff, starts_on, ends_at, participants, restrictions }
}

/** What is sent; of one that has begun, `begun`, all but name and end stays as it is. */
export function temporaryInput(values: TemporaryValues, zone: string, begun?: Override): Input {
  const from = values.starts_at ? instantTextOf(values.starts_at, zone) : null
  return {
    kind: 'temporary',
    name: values.name.trim(),
    starts_at: begun?.starts_at ?? from,
    ends_at: instantTextOf(values.ends_at, zone) ?? '',
    time_zone: begun ? begun.time_zone : values.time_zone,
    layers: begun ? (begun.layers ?? []).map(kept) : values.layers.map(layer => layerInput(layer, values.time_zone)),
  }
}
