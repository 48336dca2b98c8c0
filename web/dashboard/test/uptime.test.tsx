import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { UptimeBar, UptimeLegend } from '../src/components/UptimeBar'
import { DownDays } from '../src/screens/monitors/DownDays'
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

test('days that were down are a table, newest first, and others are not in it', () => {
  const days = [
    { day: '2026-11-19', uptime: 0.5, down_seconds: 43_200 },
    { day: '2026-11-20', uptime: 1, down_seconds: 0 },
    { day: '2026-11-21', uptime: 0.9993, down_seconds: 60 },
  ]
  const { container, rerender } = renderInside(<DownDays days={days} />)
  expect(screen.getByText('The 2 days it was down')).toBeTruthy()
  expect([...container.querySelectorAll('tbody tr')].map(row => row.textContent)).toEqual([
    expect.stringMatching(/21.*1 min99\.93%$/),
    expect.stringMatching(/19.*12 h50\.00%$/),
  ])
  rerender(<DownDays days={days.slice(1, 2)} />)
  expect(container.querySelector('details')).toBeNull()
})
