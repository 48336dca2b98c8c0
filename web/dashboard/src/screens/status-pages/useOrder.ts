/** Puts a page into another order: shown at once, written one after the other, taken back when it is refused. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { notifyProblem } from '../../components/notices'
import { arranged, type Block, orderOf } from './arranging'
import { pageQueries, type StatusPage } from './queries'

export function useOrder(pageId: string) {
  const api = useApi()
  const queries = useQueryClient()
  const asked = pageQueries(api, pageId)
  const key = ['order', pageId]
  const write = useMutation({
    mutationKey: key,
    // Each in the version that the one before has made.
    scope: { id: key.join('.') },
    mutationFn: (blocks: readonly Block[]) =>
      api.put('/v1/status-pages/{page_id}/order', {
        path: { page_id: pageId },
        body: orderOf(blocks),
        version: queries.getQueryData<StatusPage>(asked.page.queryKey)?.version,
      }),
    onSuccess: made => {
      queries.setQueryData(asked.page.queryKey, made)
    },
    onError: notifyProblem,
    onSettled: () => {
      if (queries.isMutating({ mutationKey: key }) <= 1)
        return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
    },
  })
  return (blocks: readonly Block[]) => {
    void queries.cancelQueries({ queryKey: api.topic('status-pages') })
    const { groups, components } = arranged(blocks)
    queries.setQueryData(asked.groups.queryKey, { items: groups })
    queries.setQueryData(asked.components.queryKey, { items: components })
    write.mutate(blocks)
  }
}
