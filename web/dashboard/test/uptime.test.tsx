import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { UptimeBar, UptimeLegend } from '../src/components/UptimeBar'
import { renderInside } from './rendering'

const DAYS = [
  { day: '2026-11-20', uptime: 1 },
  { day: '2026-11-21', uptime: 0.9876 },
  { day: '2026-11-22', uptime: null },
]

test('the day that is pointed at is told, and no other', () => {
  renderInside(<UptimeBar days={DAYS} label="Uptime of 3 days" />)
  const bar = screen.getByRole('img', { name: 'Uptime of 3 days' })
  expect(screen.queryByRole('tooltip')).toBeNull()
  for (const [day, said] of [
    ['2026-11-21', /2026: 98\.76%$/],
    ['2026-11-22', /2026: no data$/],
  ] as const) {
    fireEvent.mouseMove(bar.querySelector(`[data-day="${day}"]`) as Element)
    expect(screen.getByRole('tooltip').textContent).toMatch(said)
  }
  fireEvent.mouseLeave(bar)
  expect(screen.queryByRole('tooltip')).toBeNull()
})

test('what colours mean is said', () => {
  renderInside(<UptimeLegend />)
  expect(screen.getAllByRole('listitem').map(one => one.textContent)).toEqual([
    '99.9% or more',
    '98% or more',
    'less',
    'no data',
  ])
})
