import { type InfiniteData, InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Api } from '../src/api/client'
import { forgetConfig } from '../src/api/config'
import { partsOf, readRows, showStates } from '../src/api/rows'
import type { Answer } from '../src/api/types'
import { begin } from '../src/auth/session'
import { type Asked, answering, CONFIG, json, withLocks } from './answering'

type Page = Answer<'/v1/monitors', 'get'>

const api = new Api('org')
let queries: QueryClient
let asked: Asked[]
let states: Record<string, string>
let isDown: boolean
const closing: (() => void)[] = []

function items(ids: readonly string[]) {
  return ids.filter(id => id in states).map(id => ({ id, status: states[id] }))
}

beforeEach(() => {
  forgetConfig()
  withLocks()
  begin(
    { region: 'eu-west-1', client_id: 'c', endpoint: 'https://pool.example/', user_pool_id: 'p' },
    { accessToken: 'token', expiresIn: 900, refreshToken: 'refresh' },
  )
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  states = { a: 'up', b: 'up', c: 'up' }
  isDown = false
  asked = answering(({ url }) => {
    if (url.pathname === '/config.json') return json(CONFIG)
    if (isDown) return json({ code: 'unavailable', detail: 'Later.' }, 503)
    const ids = url.searchParams.getAll('monitor_id')
    return json({ items: items(ids.length > 0 ? ids : Object.keys(states)), next_cursor: null })
  })
})

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function watched(query: Record<string, unknown> = {}) {
  const observer = new InfiniteQueryObserver(queries, api.list('/v1/monitors', { query: { limit: 50, ...query } }))
  closing.push(observer.subscribe(() => undefined))
  await observer.refetch()
  asked.length = 0
  return () => (observer.getCurrentResult().data as unknown as InfiniteData<Page>).pages[0]?.items ?? []
}

function changed(id: string, kind = 'monitor_down', topic = 'monitors') {
  return { topic, kind, id }
}

function parts(...changes: ReturnType<typeof changed>[]) {
  return partsOf(queries, 'org', changes)
}

async function read(...changes: ReturnType<typeof changed>[]) {
  await Promise.all(parts(...changes).map(part => readRows(queries, 'org', part)))
}

/** From now on answers wait until they are given, one for each call. */
function held(): ((...items: unknown[]) => void)[] {
  const waiting: ((...items: unknown[]) => void)[] = []
  vi.stubGlobal('fetch', () => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    waiting.push((...items) => resolve(json({ items, next_cursor: null })))
    return promise
  })
  return waiting
}

function reads() {
  return asked.map(({ url }) => url.searchParams.getAll('monitor_id').join())
}

test('what was checked is read alone, and the other rows stay the very same', async () => {
  const shown = await watched()
  const [first, , last] = shown()
  states.b = 'down'
  await read(changed('b'), changed('b', 'check_result'), changed('elsewhere', 'check_result'))
  expect(reads()).toEqual(['b'])
  expect(shown().map(({ status }) => status)).toEqual(['up', 'down', 'up'])
  expect(shown()[0]).toBe(first)
  expect(shown()[2]).toBe(last)
})

test('what a monitor has become is shown before it is read, and what is read has the last word', async () => {
  const shown = await watched()
  const [first] = shown()
  const changes = [changed('b', 'monitor_up'), changed('b', 'monitor_down'), changed('c', 'check_result')]
  const [part] = parts(...changes)
  if (!part) throw new Error('the list is not read in part')
  showStates(queries, part, changes)
  expect(shown().map(({ status }) => status)).toEqual(['up', 'down', 'up'])
  expect(shown()[0]).toBe(first)
  expect(asked).toEqual([])
  states.b = 'degraded'
  const reading = readRows(queries, 'org', part)
  showStates(queries, part, [changed('c', 'monitor_unknown')])
  await reading
  expect(shown().map(({ status }) => status)).toEqual(['up', 'degraded', 'up'])
})

test('the filters of the list hold, and what they no longer let through is taken out', async () => {
  const shown = await watched({ status: ['up'] })
  delete states.b
  await read(changed('b'))
  expect(asked[0]?.url.searchParams.getAll('status')).toEqual(['up'])
  expect(shown().map(({ id }) => id)).toEqual(['a', 'c'])
})

test('what may come into a list, is configured anew, or is not named, has it read as a whole', async () => {
  await watched({ status: ['down'] })
  expect(parts(changed('new'))).toEqual([])
  expect(parts(changed('new', 'check_result')).map(({ ids }) => ids)).toEqual([[]])
  expect(parts(changed('a', 'monitor'))).toEqual([])
  expect(parts(changed('*', 'check_result'))).toEqual([])
  expect(partsOf(queries, 'other', [changed('a')])).toEqual([])
  expect(parts(changed('a', 'incident', 'incidents'))).toEqual([])
})

test('an answer that is older than what is shown is not put in', async () => {
  const shown = await watched()
  const [part] = parts(changed('a'))
  if (!part) throw new Error('the list is not read in part')
  const waiting = held()
  const [early, late] = [readRows(queries, 'org', part), readRows(queries, 'org', part)]
  await vi.waitFor(() => expect(waiting).toHaveLength(2))
  waiting[1]?.({ id: 'a', status: 'down' })
  await late
  waiting[0]?.({ id: 'a', status: 'degraded' })
  await early
  expect(shown()[0]?.status).toBe('down')

  const behind = readRows(queries, 'org', part)
  await vi.waitFor(() => expect(waiting).toHaveLength(3))
  const whole = queries.refetchQueries({ queryKey: part.list.queryKey })
  await vi.waitFor(() => expect(waiting).toHaveLength(4))
  waiting[3]?.({ id: 'a', status: 'up' })
  await whole
  waiting[2]?.({ id: 'a', status: 'degraded' })
  await behind
  expect(shown().map(({ status }) => status)).toEqual(['up'])
})

test('when rows can’t be read the list is, as it always was', async () => {
  const shown = await watched()
  states.a = 'down'
  isDown = true
  const reading = read(changed('a'))
  await Promise.resolve()
  await reading
  expect(reads()).toEqual(['a', ''])
  isDown = false
  await read(changed('a'))
  expect(shown()[0]?.status).toBe('down')
})

test('so many that the whole list is no more work are read with it', async () => {
  for (let n = 0; n < 60; n += 1) states[`m${n}`] = 'up'
  await watched()
  expect(parts(...Object.keys(states).map(id => changed(id, 'check_result')))).toEqual([])
})
