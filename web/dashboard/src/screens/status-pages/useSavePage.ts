/** Changes a status page: all of it is sent, in the version that was read. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { inputOf, type PageInput } from './pageValues'
import { pageQueries, type StatusPage } from './queries'

export function useSavePage(page: StatusPage, onSaved?: (page: StatusPage) => void, version = page.version) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: Partial<PageInput>) =>
      api.put('/v1/status-pages/{page_id}', {
        path: { page_id: page.id },
        body: { ...inputOf(page), ...change },
        version,
      }),
    onSuccess: made => {
      queries.setQueryData(pageQueries(api, page.id).page.queryKey, made)
      onSaved?.(made)
      return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
    },
  })
}

/** Answers what reads a page anew. */
export function useReadPage(id: string): () => Promise<StatusPage> {
  const api = useApi()
  const queries = useQueryClient()
  return () => queries.fetchQuery({ ...pageQueries(api, id).page, staleTime: 0 })
}
