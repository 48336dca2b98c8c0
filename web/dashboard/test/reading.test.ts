import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Reading } from '../src/api/reading'

const KEY = ['org', 'incidents', '/v1/incidents', {}]
const PAGED = ['org', 'incidents', '/v1/incidents', { pages: true }]
let queries: QueryClient
let reading: Reading
/** How long an answer takes. */
let takes: number
let begun: number[]
let broken: number

async function answer<T>(signal: AbortSignal, data: T): Promise<T> {
  begun.push(Date.now())
  signal.addEventListener('abort', () => {
    broken += 1
  })
  await new Promise(resolve => setTimeout(resolve, takes))
  return data
}

function shown() {
  const observer = new QueryObserver(queries, {
    queryKey: KEY,
    queryFn: ({ signal }) => answer(signal, begun.length),
  })
  observer.subscribe(() => undefined)
  return observer
}

async function pagesShown(pages: number) {
  const observer = new InfiniteQueryObserver(queries, {
    queryKey: PAGED,
    queryFn: ({ signal, pageParam }) => answer(signal, pageParam),
    initialPageParam: 0,
    getNextPageParam: (last: number) => last + 1,
  })
  observer.subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(takes)
  for (let page = 1; page < pages; page++) {
    void observer.fetchNextPage()
    await vi.advanceTimersByTimeAsync(takes)
  }
  begun = []
  return observer
}

const hint = () => reading.again({ queryKey: ['org'] })
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  queries = new QueryClient()
  reading = new Reading(queries)
  takes = 100
  begun = []
  broken = 0
})

afterEach(() => {
  reading.stop()
  queries.clear()
  vi.useRealTimers()
})

test('one hint has what is shown read at once, once', async () => {
  shown()
  await wait(100)
  const at = Date.now()
  hint()
  await wait(0)
  expect(begun.slice(1)).toEqual([at])
  await wait(60_000)
  expect(begun).toHaveLength(2)
})

test('hints that come faster than answers break none off: each answer is shown, and one more is read after the last', async () => {
  takes = 2_500
  const observer = shown()
  const found = new Set<number | undefined>()
  for (let second = 0; second < 10; second++) {
    await wait(1_000)
    hint()
    found.add(observer.getCurrentResult().data)
  }
  expect(begun).toHaveLength(5)
  expect([...found]).toEqual([undefined, 0, 1, 2, 3])
  await wait(60_000)
  expect(begun).toHaveLength(6)
  expect(observer.getCurrentResult().data).toBe(5)
  expect(broken).toBe(0)
})

test('a hint leaves the next page that is being read alone', async () => {
  const observer = await pagesShown(1)
  const next = observer.fetchNextPage()
  hint()
  await wait(100)
  expect((await next).data).toMatchObject({ pages: [0, 1] })
  expect(broken).toBe(0)
  await wait(400)
  expect(begun).toHaveLength(3)
})

test('a list of several pages is read at once, then every few seconds at most', async () => {
  await pagesShown(3)
  for (let second = 0; second < 9; second++) {
    hint()
    await wait(1_000)
  }
  expect(begun.map(at => Math.round((at - (begun[0] ?? 0)) / 1_000))).toEqual([0, 0, 0, 5, 5, 5])
  await wait(60_000)
  expect(begun).toHaveLength(9)
})

test('what is not on the screen is read when it is there again', async () => {
  const close = shown().subscribe(() => undefined)
  await wait(100)
  close()
  for (const query of queries.getQueryCache().findAll()) for (const one of query.observers) one.destroy()
  hint()
  await wait(1_000)
  expect(begun).toHaveLength(1)
  shown()
  await wait(100)
  expect(begun).toHaveLength(2)
})

test('nothing is read any more once it is stopped', async () => {
  shown()
  await wait(50)
  hint()
  reading.stop()
  await wait(60_000)
  expect(begun).toHaveLength(1)
})
