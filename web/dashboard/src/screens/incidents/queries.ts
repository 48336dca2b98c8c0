/** What is asked about one incident. */
import { useQuery } from '@tanstack/react-query'
import type { Api } from '../../api/client'
import { useApi } from '../../app/organization'
import type { Line } from './story'

export function incidentQueries(api: Api, id: string) {
  const path = { incident_id: id }
  return {
    incident: api.get('/v1/incidents/{incident_id}', { path }),
    explanation: api.get('/v1/incidents/{incident_id}/explanation', { path }),
    pages: api.get('/v1/incidents/{incident_id}/notifications', { path, query: { limit: 200 } }),
  }
}

/** What is told of it so far, oldest first; undefined until that is known. */
export function useLines(id: string): readonly Line[] | undefined {
  return useQuery(incidentQueries(useApi(), id).explanation).data?.lines
}
