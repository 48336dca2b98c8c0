/** What follows when a report has changed: it is shown as it is now, and lists are asked anew. */
import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { type Report, reportQuery } from './queries'

export function useReport(id: string) {
  const api = useApi()
  const queries = useQueryClient()
  const asked = reportQuery(api, id)
  return {
    saved: (made: Report) => {
      queries.setQueryData(asked.queryKey, made)
      return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
    },
    read: () => queries.fetchQuery({ ...asked, staleTime: 0 }),
  }
}
