import { expect, test } from 'vitest'
import { formatDuration } from '../src/components/Time'
import { decimalTicks, durationTicks, scaleOf } from '../src/components/ticks'

test('durations are cut where clocks are', () => {
  expect(durationTicks(1_380).map(formatDuration)).toEqual(['0 s', '10 min', '20 min', '30 min'])
  expect(durationTicks(4_680).map(formatDuration)).toEqual(['0 s', '30 min', '1 h', '1 h 30 min'])
  expect(durationTicks(59)).toEqual([0, 15, 30, 45, 60])
  expect(durationTicks(20 * 86_400).map(formatDuration)).toEqual(['0 s', '5 d', '10 d', '15 d', '20 d'])
  expect(durationTicks(1_000 * 86_400)).toHaveLength(5)
  expect(durationTicks(0)).toEqual([0, 1])
})

test('other figures by ones, twos and fives', () => {
  expect(decimalTicks(264)).toEqual([0, 100, 200, 300])
  expect(decimalTicks(4)).toEqual([0, 1, 2, 3, 4])
  expect(decimalTicks(41)).toEqual([0, 20, 40, 60])
  expect(decimalTicks(1_420)).toEqual([0, 500, 1_000, 1_500])
  expect(decimalTicks(0)).toEqual([0, 1])
})

test('an axis goes from zero to its last line', () => {
  expect(scaleOf([null, 7, 3], decimalTicks)).toEqual({ ticks: [0, 2, 4, 6, 8], domain: [0, 8] })
  expect(scaleOf([null], decimalTicks)).toEqual({ ticks: [0, 1], domain: [0, 1] })
})
