import { expect, test } from 'vitest'
import { spanWords } from '../src/components/Span'

test('a day is told once, and today not at all', () => {
  const now = new Date(2026, 10, 22, 12).getTime()
  const at = (...parts: [number, number, number, number]) => new Date(...parts, 30).toISOString()
  const told = (from: string, to: string) => spanWords(from, to, now).map(one => /\d:30/.test(one) && one.length > 8)
  expect(told(at(2026, 10, 22, 2), at(2026, 10, 22, 3))).toEqual([false, false])
  expect(told(at(2026, 8, 12, 2), at(2026, 8, 12, 3))).toEqual([true, false])
  expect(told(at(2026, 10, 21, 23), at(2026, 10, 22, 1))).toEqual([true, true])
  expect(spanWords(at(2026, 11, 31, 23), at(2027, 0, 1, 1), now)[1]).toContain('2027')
})
