/** How many incidents nobody has. Asked for as lists are: once, and again when a hint says that it may have changed. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from './organization'

/** More than that are "20+". */
const MOST = 20

/** As it is shown; null where there are none, or as long as that is not known. */
export function useUnanswered(): string | null {
  const query = { status: ['triggered' as const], limit: MOST }
  const { data } = useQuery(useApi().get('/v1/incidents', { query }))
  if (!data || data.items.length === 0) return null
  return `${data.items.length}${data.next_cursor ? '+' : ''}`
}
