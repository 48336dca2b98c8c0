/** Has queries read anew as hints come, however fast: none that is being read is broken off, it is read once more after that. */
import type { InfiniteData, Query, QueryClient, QueryFilters } from '@tanstack/react-query'
import { isPaged } from './touched'

/** So long after its last reading a list of several pages waits, since each page is a request. */
const SEVERAL_PAGES_MS = 5_000

function pagesOf({ queryKey, state }: Query): number {
  return isPaged(queryKey[3]) ? ((state.data as InfiniteData<unknown> | undefined)?.pages.length ?? 0) : 0
}

export class Reading {
  /** Queries that are being read, with whether there has been a hint since. */
  readonly #running = new Map<Query, { isDirty: boolean }>()
  readonly #begunAt = new WeakMap<Query, number>()
  #isStopped = false

  constructor(readonly queries: QueryClient) {}

  /** Read what is on the screen of these, and the rest when it is next there. */
  again(filters: Pick<QueryFilters, 'queryKey' | 'predicate'>): void {
    void this.queries.invalidateQueries({ ...filters, refetchType: 'none' })
    for (const query of this.queries.getQueryCache().findAll({ ...filters, type: 'active' })) {
      const running = this.#running.get(query)
      if (running) running.isDirty = true
      else void this.#read(query)
    }
  }

  stop(): void {
    this.#isStopped = true
  }

  async #read(query: Query): Promise<void> {
    const run = { isDirty: query.state.fetchStatus === 'fetching' }
    this.#running.set(query, run)
    if (run.isDirty) await this.#settled(query)
    else run.isDirty = true
    while (run.isDirty && !this.#isStopped) {
      await this.#rest(query)
      run.isDirty = false
      this.#begunAt.set(query, performance.now())
      await this.#settled(query)
    }
    this.#running.delete(query)
  }

  /** Resolves when the query has been read, by what reads it already or anew. */
  #settled({ queryKey }: Query): Promise<void> {
    return this.queries.refetchQueries({ queryKey, exact: true, type: 'active' }, { cancelRefetch: false })
  }

  async #rest(query: Query): Promise<void> {
    if (pagesOf(query) < 2) return
    const left = (this.#begunAt.get(query) ?? -SEVERAL_PAGES_MS) + SEVERAL_PAGES_MS - performance.now()
    if (left > 0) await new Promise(resolve => setTimeout(resolve, left))
  }
}
