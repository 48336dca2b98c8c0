import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { instantOf, instantTextOf, wallAt } from '../src/app/zones'
import {
  dateAfter,
  dateAt,
  daysFrom,
  instantIn,
  mondayOf,
  monthAfter,
  stretchIn,
  weeksOfMonth,
} from '../src/screens/on-call/days'
import { gapsOf, joined, lanesOf, wholeOf } from '../src/screens/on-call/lanes'
import { overrideErrors, overrideInput, overrideValues } from '../src/screens/on-call/overrideForm'
import { HUES, huesOf, initialsOf } from '../src/screens/on-call/people'
import { ShiftBars } from '../src/screens/on-call/ShiftBars'
import {
  layerErrors,
  newLayer,
  participant,
  reordered,
  scheduleErrors,
  scheduleInput,
  scheduleValues,
} from '../src/screens/on-call/scheduleForm'
import { temporaryErrors, temporaryInput, temporaryValues } from '../src/screens/on-call/temporaryForm'
import {
  formatSpan,
  hoursOf,
  type Override,
  rhythmOf,
  type Schedule,
  type Shift,
  whoOf,
} from '../src/screens/on-call/words'
import { renderInside } from './rendering'

const BERLIN = 'Europe/Berlin'
const ALICE = '00000000-0000-4000-8000-00000000000a'
const BOB = '00000000-0000-4000-8000-00000000000b'
const at = (text: string) => Date.parse(text)

function shift(from: string, to: string, who: string | null = ALICE, reason: Partial<Shift['reason']> = {}): Shift {
  return {
    starts_at: from,
    ends_at: to,
    user_id: who,
    user_name: who && 'Alice Adams',
    is_member: true,
    reason: { id: 'layer', kind: 'layer', name: 'weeks', version: 1, ...reason },
  }
}

const schedule: Schedule = {
  id: '00000000-0000-4000-8000-000000000002',
  name: 'Primary',
  description: null,
  team_id: null,
  time_zone: BERLIN,
  version: 3,
  effective_at: '2026-11-01T00:00:00Z',
  created_at: '2026-10-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
  layers: [
    {
      layer_id: 'layer',
      name: 'weeks',
      unit: 'weeks',
      length: 1,
      handoff: '09:00',
      starts_on: '2026-11-02',
      ends_at: '2026-12-31T23:00:00Z',
      participants: [ALICE, null, BOB],
      restrictions: [{ start: '17:00', end: '08:00', start_day: 'friday', end_day: 'monday' }],
    },
  ],
}

describe('wall clocks', () => {
  test('show what people see', () => {
    expect(wallAt(at('2026-07-01T10:00:00Z'), BERLIN)).toBe('2026-07-01T12:00')
    expect(wallAt(at('2026-11-30T23:30:00Z'), BERLIN)).toBe('2026-12-01T00:30')
    expect(wallAt(at('2026-01-01T00:00:00Z'), 'UTC')).toBe('2026-01-01T00:00')
  })

  test('name an instant, the first one where clocks are set back', () => {
    expect(instantTextOf('2026-10-25T02:30', BERLIN)).toBe('2026-10-25T00:30:00.000Z')
    expect(instantTextOf('2026-10-25T03:00', BERLIN)).toBe('2026-10-25T02:00:00.000Z')
    expect(instantTextOf('2026-11-21T03:14', 'Asia/Kathmandu')).toBe('2026-11-20T21:29:00.000Z')
  })

  test('go on where they are put forward, and name nothing where nothing was written', () => {
    expect(instantTextOf('2026-03-29T02:30', BERLIN)).toBe('2026-03-29T01:30:00.000Z')
    expect(instantOf('', BERLIN)).toBeNull()
    expect(instantTextOf('soon', BERLIN)).toBeNull()
  })
})

describe('days', () => {
  test('are counted by the calendar', () => {
    expect([dateAfter('2026-12-31', 1), dateAfter('2026-03-01', -1)]).toEqual(['2027-01-01', '2026-02-28'])
    expect(['2026-11-22', '2026-11-23'].map(mondayOf)).toEqual(['2026-11-16', '2026-11-23'])
    expect([monthAfter('2026-12-15', 1), monthAfter('2026-01-31', -1)]).toEqual(['2027-01-01', '2025-12-01'])
    expect(dateAt(at('2026-11-21T23:30:00Z'), BERLIN)).toBe('2026-11-22')
    expect(weeksOfMonth('2026-11-10', BERLIN).map(week => week[0]?.date)).toEqual([
      '2026-10-26',
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ])
  })

  test('are as wide as each other though one is longer', () => {
    const days = daysFrom('2026-10-24', 4, BERLIN)
    expect(days.map(day => (day.endsAt - day.startsAt) / 3_600_000)).toEqual([24, 25, 24, 24])
    const noon = at('2026-10-25T10:30:00Z')
    expect(stretchIn(days, at('2026-10-24T22:00:00Z'), noon)).toEqual({
      left: 25,
      width: 12.5,
      isCutLeft: false,
      isCutRight: false,
    })
    expect(stretchIn(days, 0, at('2026-10-23T22:00:00Z'))).toBeNull()
    expect(stretchIn(days, 0, Number.MAX_SAFE_INTEGER)).toMatchObject({
      left: 0,
      width: 100,
      isCutLeft: true,
      isCutRight: true,
    })
  })

  test('are pointed at to the hour', () => {
    const days = daysFrom('2026-11-16', 7, BERLIN)
    expect(new Date(instantIn(days, 0.5, 24)).toISOString()).toBe('2026-11-19T11:00:00.000Z')
    expect(instantIn(days, -1, 24)).toBe(days[0]?.startsAt)
    expect(instantIn(days, 2, 24)).toBe(days.at(-1)?.endsAt)
  })
})

test('where no shift is, is a gap', () => {
  const shifts = [
    shift('2026-11-16T08:00:00Z', '2026-11-17T08:00:00Z'),
    shift('2026-11-18T08:00:00Z', '2026-11-19T08:00:00Z'),
  ]
  const found = gapsOf(shifts, at('2026-11-16T00:00:00Z'), at('2026-11-19T00:00:00Z'))
  expect(found.map(gap => [gap.startsAt, gap.endsAt].map(one => new Date(one).toISOString().slice(5, 13)))).toEqual([
    ['11-16T00', '11-16T08'],
    ['11-17T08', '11-18T08'],
  ])
  expect(gapsOf([], 0, 5)).toEqual([{ startsAt: 0, endsAt: 5 }])
})

test('shifts of one person that touch are one, and each of them is part of it', () => {
  const shifts = [
    shift('2026-11-22T08:00:00Z', '2026-11-23T08:00:00Z', ALICE),
    shift('2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00Z', ALICE, { id: 'other' }),
    shift('2026-11-24T08:00:00Z', '2026-11-25T08:00:00Z', BOB),
    shift('2026-11-26T08:00:00Z', '2026-11-27T08:00:00Z', BOB),
  ]
  const found = joined(shifts)
  expect(found.map(one => [one.user_id, one.starts_at.slice(5, 10), one.ends_at.slice(5, 10)])).toEqual([
    [ALICE, '11-22', '11-24'],
    [BOB, '11-24', '11-25'],
    [BOB, '11-26', '11-27'],
  ])
  expect(wholeOf(shift('2026-11-01T08:00:00Z', '2026-11-23T08:00:00Z'), found)).toBe(found[0])
  const longer = shift('2026-11-26T08:00:00Z', '2026-12-27T08:00:00Z', BOB)
  expect(wholeOf(longer, found)).toBe(longer)
})

test('what lies uppermost comes first, also what an earlier version had', () => {
  const shifts = [
    shift('2026-11-16T08:00:00Z', '2026-11-17T08:00:00Z', ALICE, { id: 'old', name: 'days' }),
    shift('2026-11-17T08:00:00Z', '2026-11-18T08:00:00Z', BOB, { id: 'o1', kind: 'override', name: null }),
    shift('2026-11-18T08:00:00Z', '2026-11-19T08:00:00Z', BOB, { id: 't1', kind: 'temporary', name: 'Christmas' }),
  ]
  expect(lanesOf(shifts, schedule.layers).map(lane => [lane.label, lane.shifts.length])).toEqual([
    ['Overrides', 1],
    ['Christmas', 1],
    ['weeks', 0],
    ['days', 1],
  ])
})

describe('people', () => {
  test('have hues of their own while there are enough, the same every time', () => {
    const ids = Array.from({ length: HUES }, (_, index) => `person ${index}`)
    expect(new Set(huesOf(ids).values()).size).toBe(HUES)
    expect(huesOf([...ids].reverse())).toEqual(huesOf(ids))
    expect(huesOf([null, 'a', 'a']).size).toBe(1)
    expect(huesOf([...ids, 'one more']).size).toBe(HUES + 1)
  })

  test('have initials, whatever they are called', () => {
    expect(['Maya Lindqvist', 'Bo', '  ', '张 伟', '👩‍🚀 X'].map(initialsOf)).toEqual(['ML', 'B', '?', '张伟', '👩X'])
  })
})

test('shifts are told in words', () => {
  expect(formatSpan('2026-11-16T08:00:00Z', '2026-11-16T16:00:00Z', BERLIN)).toMatch(/09:00.*– .*05:00|09:00 – 17:00/)
  expect(whoOf(shift('', '', null))).toBe('Nobody')
  expect(whoOf({ ...shift('', ''), is_member: false })).toBe('Alice Adams (has left)')
  expect(rhythmOf({ unit: 'hours', length: 12, handoff: '08:00' })).toBe('hands over every 12 hours at 08:00')
  expect(rhythmOf({ unit: 'weeks', length: 1, handoff: '09:00' })).toBe('hands over every week at 09:00')
  expect(hoursOf({ start: '17:00', end: '08:00', start_day: 'friday', end_day: 'monday' })).toBe(
    'Fri 17:00 – Mon 08:00',
  )
  expect(hoursOf({ start: '09:00', end: '17:00', start_day: null, end_day: null })).toBe('09:00–17:00 each day')
})

describe('an override', () => {
  const now = at('2026-11-21T12:00:00Z')

  test('begins now unless a time to come was chosen', () => {
    expect(overrideValues({}, BERLIN, now)).toMatchObject({ user_id: null, starts_at: '', ends_at: '2026-11-21T21:00' })
    const later = { startsAt: at('2026-11-22T08:00:00Z'), endsAt: at('2026-11-23T08:00:00Z') }
    expect(overrideValues(later, BERLIN, now)).toMatchObject({
      starts_at: '2026-11-22T09:00',
      ends_at: '2026-11-23T09:00',
    })
  })

  test('is sent by instants, nobody as null', () => {
    const values = { user_id: 'nobody', starts_at: '', ends_at: '2026-11-22T09:00', name: ' ' }
    expect(overrideErrors(values)).toEqual({})
    expect(overrideInput(values, BERLIN)).toEqual({
      kind: 'override',
      user_id: null,
      starts_at: null,
      ends_at: '2026-11-22T08:00:00.000Z',
      name: null,
    })
    expect(overrideInput({ ...values, user_id: ALICE }, 'UTC', 'begun').starts_at).toBe('begun')
  })

  test('needs somebody, and an end after its start', () => {
    const values = { user_id: null, starts_at: '2026-11-22T09:00', ends_at: '2026-11-22T08:00', name: '' }
    expect(Object.keys(overrideErrors(values))).toEqual(['user_id', 'ends_at'])
    expect(overrideErrors({ ...values, user_id: ALICE, ends_at: '' })).toEqual({ ends_at: 'Say until when' })
  })
})

describe('a schedule in a form', () => {
  test('is sent as it was read', () => {
    const { name, description, team_id, time_zone, layers } = schedule
    const found = scheduleInput(scheduleValues(schedule))
    expect(found).toEqual({
      name,
      description,
      team_id,
      time_zone,
      layers: [{ ...layers[0], ends_at: '2026-12-31T23:00:00.000Z' }],
    })
  })

  test('names what is missing by the paths of the API', () => {
    const layer = { ...newLayer('', '2026-11-16', []), length: 0, handoff: '' }
    expect(Object.keys(layerErrors([newLayer('a', '2026-11-16', [ALICE]), layer]))).toEqual([
      'layers.1.name',
      'layers.1.participants',
      'layers.1.length',
      'layers.1.handoff',
    ])
    expect(scheduleErrors({ ...scheduleValues(schedule), name: ' ', time_zone: '' })).toEqual({
      name: 'Give it a name',
      time_zone: 'Choose the clock it hands over by',
    })
  })

  test('is put into another order without losing anything', () => {
    expect(reordered(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(reordered(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(reordered(['a'], 5, 0)).toEqual(['a'])
    expect(participant(ALICE).key).not.toBe(participant(ALICE).key)
  })
})

test('of a temporary schedule that has begun only name and end are sent anew', () => {
  const override: Override = {
    id: 'o',
    schedule_id: schedule.id,
    kind: 'temporary',
    name: 'Christmas',
    user_id: null,
    time_zone: 'Asia/Tokyo',
    layers: schedule.layers,
    starts_at: '2026-12-24T00:00:00Z',
    ends_at: '2026-12-27T00:00:00Z',
    created_at: '2026-11-01T00:00:00Z',
    created_by: `user:${ALICE}`,
    cancelled_at: null,
    version: 1,
  }
  const written = { override, schedule, zone: BERLIN, now: at('2026-12-25T00:00:00Z'), userId: ALICE }
  const values = { ...temporaryValues(written), name: 'Holidays', ends_at: '2026-12-28T01:00' }
  expect(temporaryErrors(values)).toEqual({})
  expect(temporaryInput(values, BERLIN, override)).toMatchObject({
    name: 'Holidays',
    starts_at: '2026-12-24T00:00:00Z',
    ends_at: '2026-12-28T00:00:00.000Z',
    time_zone: 'Asia/Tokyo',
    layers: schedule.layers,
  })
  const anew = temporaryValues({ ...written, override: undefined })
  expect(anew).toMatchObject({ name: '', starts_at: '', time_zone: BERLIN, layers: [{ unit: 'days' }] })
  expect(Object.keys(temporaryErrors({ ...anew, starts_at: '2027-01-02T00:00', ends_at: '2027-01-01T00:00' }))).toEqual(
    ['name', 'ends_at'],
  )
})

describe('bars', () => {
  const days = daysFrom('2026-11-16', 7, BERLIN)
  const one = shift('2026-11-17T08:00:00Z', '2026-11-18T08:00:00Z')
  const rest = { days, shifts: [one], hues: huesOf([ALICE]), zone: BERLIN, label: 'On call' }

  test('are told to who cannot see them, and can be opened', () => {
    const onPick = vi.fn()
    renderInside(<ShiftBars {...rest} onPick={onPick} />)
    fireEvent.click(screen.getByRole('button', { name: /^Alice Adams, .*Layer “weeks”$/ }))
    expect(onPick).toHaveBeenCalledWith(one)
  })

  test('let a time be chosen by dragging, which opens none of them', () => {
    vi.useFakeTimers({ now: at('2026-11-16T00:00:00Z'), toFake: ['Date'] })
    const [onPick, onChoose] = [vi.fn(), vi.fn()]
    renderInside(<ShiftBars {...rest} onPick={onPick} onChoose={onChoose} />)
    const row = screen.getByRole('group', { name: 'On call' })
    row.getBoundingClientRect = () => ({ left: 0, width: 700 }) as DOMRect
    row.setPointerCapture = () => undefined
    const bar = screen.getByRole('button')
    fireEvent.pointerDown(bar, { clientX: 100, pointerId: 1, button: 0 })
    fireEvent.pointerMove(row, { clientX: 250, pointerId: 1 })
    fireEvent.pointerUp(row, { clientX: 250, pointerId: 1 })
    fireEvent.click(bar)
    expect(onPick).not.toHaveBeenCalled()
    const [[chosen]] = onChoose.mock.calls as [[{ startsAt: number; endsAt: number }]]
    expect([chosen.startsAt, chosen.endsAt].map(one => new Date(one).toISOString())).toEqual([
      '2026-11-16T23:00:00.000Z',
      '2026-11-18T11:00:00.000Z',
    ])
    vi.useRealTimers()
  })
})
