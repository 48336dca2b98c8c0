import type { InfiniteData } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { forgetConfig } from '../src/api/config'
import { Problem } from '../src/api/problem'
import { useApi } from '../src/app/organization'
import { begin } from '../src/auth/session'
import { type Incident, useMove } from '../src/screens/incidents/actions'
import type { Detail } from '../src/screens/incidents/detail'
import { IncidentActions } from '../src/screens/incidents/IncidentActions'
import { inTurn } from '../src/screens/incidents/inTurn'
import { incidentQueries } from '../src/screens/incidents/queries'
import { type Asked, answering, CONFIG, json, withLocks } from './answering'
import { ORGANIZATION, renderInside } from './rendering'

const notices = vi.hoisted(() => ({ show: vi.fn() }))
vi.mock('@mantine/notifications', () => ({ notifications: notices, Notifications: () => null }))

const POOL = {
  region: 'eu-west-1',
  client_id: 'client',
  endpoint: 'https://pool.example/',
  user_pool_id: 'eu-west-1_A',
}

beforeEach(() => {
  forgetConfig()
  withLocks()
  begin(POOL, { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' })
})

function posts(asked: readonly Asked[]): string[] {
  return asked.filter(one => one.method === 'POST').map(one => one.url.pathname.split('/').slice(-2).join(' '))
}

function One() {
  const { data } = useQuery(incidentQueries(useApi(), 'i1').incident)
  return data ? <IncidentActions incident={data} /> : null
}

test('a double tap on Acknowledge does not resolve', async () => {
  const one = { id: 'i1', number: 1, status: 'triggered', escalation: null } as Detail
  let status = one.status
  const asked = answering(({ method, url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    if (method === 'POST') status = 'acknowledged'
    return json({ ...one, status })
  })
  renderInside(<One />)
  const button = await screen.findByRole('button', { name: 'Acknowledge' })
  fireEvent.click(button)
  fireEvent.click(button)
  await waitFor(() => expect(button.textContent).toBe('Resolve'))
  fireEvent.click(button)
  await waitFor(() => expect(asked.filter(({ method }) => method === 'GET').length).toBeGreaterThan(2))
  fireEvent.click(button)
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect((button as HTMLButtonElement).disabled).toBe(false)
  expect(posts(asked)).toEqual(['i1 acknowledge'])
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull(), { timeout: 5_000 })
  fireEvent.click(button)
  await waitFor(() => expect(posts(asked)).toEqual(['i1 acknowledge', 'i1 resolve']))
})

function Many({ ids }: { ids: readonly string[] }) {
  const { move } = useMove()
  return (
    <button type="button" onClick={() => move(ids, 'acknowledge')}>
      Acknowledge
    </button>
  )
}

test('of many only those that failed are shown as before, and they are counted', async () => {
  const ids = ['i1', 'i2', 'i3']
  answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    return url.pathname.includes('i2') ? json({ code: 'wrong_status', detail: 'It is resolved.' }, 409) : json({})
  })
  const { queries } = renderInside(<Many ids={ids} />)
  const key = [ORGANIZATION, 'incidents', '/v1/incidents', { pages: true }]
  const items = ids.map(id => ({ id, status: 'triggered', acknowledged_by_name: null })) as Incident[]
  queries.setQueryData(key, { pages: [{ items }], pageParams: [null] })
  fireEvent.click(screen.getByRole('button'))
  await waitFor(() => expect(notices.show).toHaveBeenCalled())
  expect(notices.show.mock.lastCall?.[0]).toMatchObject({
    title: '1 of 3 could not be acknowledged',
    message: 'Somebody was quicker: It is resolved.',
  })
  const shown = queries.getQueryData<InfiniteData<{ items: Incident[] }>>(key)?.pages.flatMap(page => page.items)
  expect(shown?.map(one => one.status)).toEqual(['acknowledged', 'triggered', 'acknowledged'])
})

test('few calls go out at once, and one that came too soon waits for as long as it is told', async () => {
  vi.useFakeTimers()
  let [now, most, refused] = [0, 0, 0]
  const call = async (id: string) => {
    now += 1
    most = Math.max(most, now)
    await Promise.resolve()
    now -= 1
    if (id === '7') throw new Error('broken')
    if (id === '3' && refused === 0) {
      refused += 1
      throw new Problem(429, 'rate_limited', 'Too many requests.', [], null, 5)
    }
  }
  const ids = Array.from({ length: 40 }, (_, at) => String(at))
  const answered = vi.fn()
  void inTurn(ids, call).then(answered)
  await vi.advanceTimersByTimeAsync(4_900)
  expect([most, refused, answered.mock.calls.length]).toEqual([6, 1, 0])
  await vi.advanceTimersByTimeAsync(200)
  expect(answered.mock.lastCall?.[0].map(({ id }: { id: string }) => id)).toEqual(['7'])
  vi.useRealTimers()
})
