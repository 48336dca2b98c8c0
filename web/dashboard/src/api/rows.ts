/**
 * Lists of monitors that are kept up to date in part. A check changes one row of a list that may be long: what it has become
 * is shown as the hint tells it, and the row is read alone and put in its place. Whatever else changes has the list read.
 */
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query'
import { Api } from './client'
import { CHECKED, type Change, isPaged, STATES } from './touched'
import type { Answer } from './types'

const PATH = '/v1/monitors'
/** Beyond that many the whole list is no more work. */
const MOST = 50

type Page = Answer<typeof PATH, 'get'>
type Row = Page['items'][0]
type List = Query<InfiniteData<Page>>

/** A list, and those of its rows that are to be read. */
export interface Part {
  readonly list: List
  readonly ids: readonly string[]
}

/** What has been asked for a list, so that an answer that is older than what is shown is not put in. */
class Asked {
  readonly #latest = new Map<string, number>()
  #count = 0
  #written = 0

  constructor(readonly list: List) {}

  begin(ids: readonly string[]): { isNewest: (id: string) => boolean; isOvertaken: () => boolean } {
    this.#count += 1
    const [mine, before] = [this.#count, this.#readings]
    for (const id of ids) this.#latest.set(id, mine)
    return {
      isNewest: id => this.#latest.get(id) === mine,
      isOvertaken: () => this.list.state.fetchStatus !== 'idle' || this.#readings !== before,
    }
  }

  /** Put rows in the place of others; none takes one out. */
  write(queries: QueryClient, row: (old: Row) => Row | undefined): void {
    this.#written += 1
    queries.setQueryData<InfiniteData<Page>>(
      this.list.queryKey,
      old =>
        old && {
          ...old,
          pages: old.pages.map(page => ({ ...page, items: page.items.flatMap(one => row(one) ?? []) })),
        },
    )
  }

  /** How often the whole list has been read. */
  get #readings(): number {
    return this.list.state.dataUpdateCount - this.#written
  }
}

const asked = new WeakMap<List, Asked>()

function askedOf(list: List): Asked {
  const found = asked.get(list) ?? new Asked(list)
  asked.set(list, found)
  return found
}

function filtersOf(list: List): Record<string, unknown> {
  return (list.queryKey[3] as { query?: Record<string, unknown> }).query ?? {}
}

/** The rows of one list that these changes are about; null when it has to be read as a whole. */
function partOf(list: List, changes: readonly Change[]): Part | null {
  const { data, fetchStatus } = list.state
  if (!data || fetchStatus !== 'idle') return null
  const shown = new Set(data.pages.flatMap(page => page.items.map(one => one.id)))
  const isByStatus = filtersOf(list).status !== undefined
  const ids = new Set<string>()
  for (const { kind, id } of changes) {
    if (!CHECKED.has(kind) || id === '*') return null
    if (shown.has(id)) ids.add(id)
    else if (isByStatus && STATES.has(kind)) return null
  }
  return ids.size > MOST ? null : { list, ids: [...ids] }
}

/** The lists of an organization on the screen of which these changes touch single rows. */
export function partsOf(queries: QueryClient, organization: string, changes: readonly Change[]): Part[] {
  const ours = changes.filter(change => change.topic === 'monitors')
  if (ours.length === 0) return []
  const lists = queries.getQueryCache().findAll({
    type: 'active',
    predicate: ({ queryKey: [org, , path, parameters] }) =>
      org === organization && path === PATH && isPaged(parameters),
  })
  return lists.map(list => partOf(list as unknown as List, ours)).filter(part => part !== null)
}

/** Show what monitors of a list have become, as hints tell it; answers whether there is anything to be seen. */
export function showStates(queries: QueryClient, { list, ids }: Part, changes: readonly Change[]): boolean {
  const told = new Map(changes.flatMap(({ kind, id }) => (ids.includes(id) && STATES.has(kind) ? [[id, kind]] : [])))
  if (told.size === 0) return false
  askedOf(list).write(queries, old => {
    const status = STATES.get(told.get(old.id) ?? '')
    return status === undefined ? old : { ...old, status, pending_status: null }
  })
  return true
}

/** Read the rows of a list, and put them where they were; those that it no longer holds are taken out. */
export async function readRows(queries: QueryClient, organization: string, { list, ids }: Part): Promise<void> {
  if (ids.length === 0) return
  const noted = askedOf(list)
  const { isNewest, isOvertaken } = noted.begin(ids)
  const query = { ...filtersOf(list), monitor_id: [...ids], limit: MOST }
  try {
    const { items } = await new Api(organization).get(PATH, { query }).queryFn({ signal: new AbortController().signal })
    if (isOvertaken()) return
    const wanted = new Set(ids.filter(isNewest))
    const found = new Map(items.map(one => [one.id, one]))
    noted.write(queries, old => (wanted.has(old.id) ? found.get(old.id) : old))
  } catch {
    await queries.invalidateQueries({ queryKey: list.queryKey, exact: true }, { cancelRefetch: false })
  }
}
