/**
 * Lists that are kept up to date in part. A check changes one row of a list that may be long: that row is read alone and
 * put in its place. Whatever else changes has the whole list read anew.
 */
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query'
import { Api } from './client'
import { type Change, isPaged } from './touched'
import type { Answer } from './types'

const PATH = '/v1/monitors'
const KINDS = new Set(['check_result', 'monitor_state'])
/** Beyond that many the whole list is no more work. */
const MOST = 50

type Page = Answer<typeof PATH, 'get'>
type List = Query<InfiniteData<Page>>

interface Part {
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

  noteWritten(): void {
    this.#written += 1
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
    if (!KINDS.has(kind) || id === '*') return null
    if (shown.has(id)) ids.add(id)
    else if (isByStatus && kind === 'monitor_state') return null
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
    noted.noteWritten()
    queries.setQueryData<InfiniteData<Page>>(
      list.queryKey,
      old => old && { ...old, pages: replaced(old, wanted, found) },
    )
  } catch {
    await queries.invalidateQueries({ queryKey: list.queryKey, exact: true })
  }
}

function replaced(
  { pages }: InfiniteData<Page>,
  wanted: ReadonlySet<string>,
  found: ReadonlyMap<string, Page['items'][0]>,
) {
  return pages.map(page => ({
    ...page,
    items: page.items.flatMap(one => (wanted.has(one.id) ? (found.get(one.id) ?? []) : one)),
  }))
}
