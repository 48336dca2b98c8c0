/** Asks the API what would become of an example by a draft of rules. */
import { useCallback } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'

export type Decide = (
  service: string,
  event: Model<'EventExample'>,
  rules: Model<'EventRulesInput'>,
) => Promise<Model<'EventDecision'>>

/** `owner` is the service whose rules they are; without it they are the organization's. */
export function useDecide(owner: string | undefined): Decide {
  const api = useApi()
  return useCallback(
    (service, event, rules) =>
      owner
        ? api.post('/v1/services/{service_id}/event-rules/test', {
            path: { service_id: owner },
            body: { event, rules },
          })
        : api.post('/v1/event-rules/test', { body: { event, rules, service_id: service } }),
    [api, owner],
  )
}
