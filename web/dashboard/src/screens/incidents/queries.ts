/** What is asked about one incident. */
import { useQuery } from '@tanstack/react-query'
import type { Api, Query } from '../../api/client'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { type Line, lineOf } from './story'

const AT_ONCE = 200

interface Page<T> {
  items: T[]
  next_cursor?: string | null
}

interface List<T> {
  queryFn: (context: { signal: AbortSignal; pageParam: string | null }) => Promise<Page<T>>
}

/** A list to its end, where what is newest stands. */
async function whole<T>({ queryFn }: List<T>, signal: AbortSignal): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null | undefined = null
  do {
    const page: Page<T> = await queryFn({ signal, pageParam: cursor })
    found.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  return found
}

/** An explanation holds what is oldest: what its timeline lacks is read from the timeline itself. */
function explanation(api: Api, id: string): Query<Model<'Explanation'>> {
  const path = { incident_id: id }
  const explained = api.get('/v1/incidents/{incident_id}/explanation', { path })
  const timeline = api.list('/v1/incidents/{incident_id}/timeline', { path, query: { limit: AT_ONCE } })
  return {
    queryKey: explained.queryKey,
    queryFn: async ({ signal }) => {
      const found = await explained.queryFn({ signal })
      if (found.complete) return found
      const known = new Set(found.lines.map(line => line.id))
      const rest = (await whole(timeline, signal)).filter(entry => !known.has(entry.id)).map(lineOf)
      const lines = [...found.lines, ...rest].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      return { ...found, lines }
    },
  }
}

/** All pages of an incident, oldest first. */
function pages(api: Api, id: string): Query<{ items: Model<'Notification'>[] }> {
  const call = { path: { incident_id: id }, query: { limit: AT_ONCE } }
  const list = api.list('/v1/incidents/{incident_id}/notifications', call)
  return {
    queryKey: api.get('/v1/incidents/{incident_id}/notifications', call).queryKey,
    queryFn: async ({ signal }) => ({ items: await whole(list, signal) }),
  }
}

export function incidentQueries(api: Api, id: string) {
  return {
    incident: api.get('/v1/incidents/{incident_id}', { path: { incident_id: id } }),
    explanation: explanation(api, id),
    pages: pages(api, id),
  }
}

/** What is told of it so far, oldest first; undefined until that is known. */
export function useLines(id: string): readonly Line[] | undefined {
  return useQuery(incidentQueries(useApi(), id).explanation).data?.lines
}
