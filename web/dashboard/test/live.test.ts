import { type InfiniteData, InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { Live } from '../src/api/live'
import { begin } from '../src/auth/session'
import { type Asked, answering, CONFIG, json, withLocks } from './answering'

class Socket {
  static readonly OPEN = 1
  static readonly made: Socket[] = []
  static readonly CONNECTING = 0
  readyState = 0
  readonly said: string[] = []
  onopen?: () => void
  onmessage?: (event: { data: string }) => void
  onclose?: () => void

  constructor(readonly url: string) {
    Socket.made.push(this)
  }

  send(text: string) {
    this.said.push(text)
  }

  close() {
    this.readyState = 3
    this.onclose?.()
  }

  open() {
    this.readyState = 1
    this.onopen?.()
  }

  hear(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

const MISSED = { topic: 'incidents', kind: 'incident', id: 'b', at: '2026-11-21T03:00:00Z' }
let asked: Asked[]
let queries: QueryClient
let live: Live
let isDown = false

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Socket)
  Socket.made.length = 0
  isDown = false
  forgetConfig()
  withLocks()
  begin(
    { region: 'eu-west-1', client_id: 'c', endpoint: 'https://pool.example/', user_pool_id: 'p' },
    { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' },
  )
  asked = answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    if (url.pathname === '/v1/monitors') return json({ items: [{ id: 'm', status: 'up' }], next_cursor: null })
    if (url.pathname === '/v1/live/changes') return json({ items: [MISSED], sequence: 9, is_reset: false })
    return isDown ? json({ code: 'forbidden', detail: 'No.' }, 403) : json({ url: 'wss://live.example/?ticket=t' })
  })
  queries = new QueryClient()
  live = new Live('org', queries)
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

async function welcomed(sequence = 5): Promise<Socket> {
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  const socket = Socket.made.at(-1)
  if (!socket) throw new Error('no socket was opened')
  socket.open()
  socket.hear({ type: 'welcome', sequence, topics: [], refused: [] })
  await vi.advanceTimersByTimeAsync(0)
  return socket
}

function counted(): { keys: string[] } {
  const found = { keys: [] as string[] }
  vi.spyOn(queries, 'invalidateQueries').mockImplementation(async filters => {
    found.keys.push(filters?.predicate ? 'some' : JSON.stringify(filters?.queryKey))
  })
  return found
}

test('it subscribes, and reads everything anew once', async () => {
  const found = counted()
  const socket = await welcomed()
  expect(JSON.parse(socket.said[0] ?? '')).toMatchObject({ action: 'subscribe' })
  expect(found.keys).toEqual(['["org"]'])
})

test('what follows what is known is taken as it is, and what does not is asked for', async () => {
  const socket = await welcomed(5)
  const found = counted()
  socket.hear({ type: 'changed', sequence: 6, follows: 5, changes: [MISSED] })
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.filter(one => one.url.pathname === '/v1/live/changes')).toHaveLength(0)
  socket.hear({ type: 'changed', sequence: 9, follows: 8, changes: [MISSED] })
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.at(-1)?.url.search).toBe('?after=6')
  expect(found.keys).toEqual(['some', 'some'])
})

test('what a monitor has become is shown first, and read once it has been drawn', async () => {
  const list = new Api('org').list('/v1/monitors', { query: { limit: 50 } })
  const observer = new InfiniteQueryObserver(queries, list)
  const close = observer.subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(0)
  const status = () =>
    (observer.getCurrentResult().data as InfiniteData<{ items: { status: string }[] }>).pages[0]?.items
  const socket = await welcomed(5)
  asked.length = 0
  socket.hear({
    type: 'changed',
    sequence: 6,
    follows: 5,
    changes: [{ topic: 'monitors', kind: 'monitor_down', id: 'm' }],
  })
  await vi.advanceTimersByTimeAsync(1)
  expect([status(), asked.length]).toEqual([[{ id: 'm', status: 'down', pending_status: null }], 0])
  await vi.advanceTimersByTimeAsync(60)
  expect(asked.map(({ url }) => url.searchParams.get('monitor_id'))).toEqual(['m'])
  expect(status()).toEqual([{ id: 'm', status: 'up' }])
  close()
})

test('a silent socket is asked, and left when it does not answer', async () => {
  const socket = await welcomed()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(socket.said.at(-1)).toBe('{"action":"ping"}')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(socket.readyState).toBe(3)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(Socket.made).toHaveLength(2)
})

test('a socket that is never welcomed is left and tried anew, and everything is asked for meanwhile', async () => {
  const found = counted()
  live.start()
  await vi.advanceTimersByTimeAsync(0)
  Socket.made[0]?.open()
  Socket.made[0]?.hear({ type: 'error', detail: 'No such topic.' })
  await vi.advanceTimersByTimeAsync(14_900)
  expect(Socket.made[0]?.readyState).toBe(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(Socket.made[0]?.readyState).toBe(3)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(Socket.made).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(14_000)
  expect(found.keys).toEqual(['["org"]'])
  Socket.made[1]?.open()
  Socket.made[1]?.hear({ type: 'welcome', sequence: 5, topics: [], refused: [] })
  await vi.advanceTimersByTimeAsync(50_000)
  expect(Socket.made[1]?.readyState).toBe(1)
  expect(found.keys).toEqual(['["org"]', '["org"]'])
})

test('a hint breaks off nothing that is being read', async () => {
  const signals: AbortSignal[] = []
  const queryFn = ({ signal }: { signal: AbortSignal }) => {
    signals.push(signal)
    return new Promise(() => undefined)
  }
  const socket = await welcomed(5)
  const observer = new QueryObserver(queries, { ...new Api('org').get('/v1/incidents'), queryFn, initialData: {} })
  const close = observer.subscribe(() => undefined)
  socket.hear({ type: 'changed', sequence: 6, follows: 5, changes: [MISSED] })
  socket.hear({ type: 'changed', sequence: 7, follows: 6, changes: [MISSED] })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(signals.map(one => one.aborted)).toEqual([false])
  close()
})

test('without a socket everything is asked for every half minute', async () => {
  isDown = true
  const found = counted()
  live.start()
  await vi.advanceTimersByTimeAsync(61_000)
  expect(Socket.made).toHaveLength(0)
  expect(found.keys.filter(key => key === '["org"]')).toHaveLength(2)
})

test('who has been removed connects no more; who has another role does', async () => {
  const socket = await welcomed()
  socket.hear({ type: 'closing', reason: 'role_changed' })
  socket.close()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(Socket.made).toHaveLength(2)
  Socket.made[1]?.open()
  Socket.made[1]?.hear({ type: 'closing', reason: 'removed' })
  Socket.made[1]?.close()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Socket.made).toHaveLength(2)
})
