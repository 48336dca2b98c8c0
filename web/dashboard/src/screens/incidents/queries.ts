/** What is asked about one incident. */
import type { Api } from '../../api/client'

export function incidentQueries(api: Api, id: string) {
  const path = { incident_id: id }
  return {
    incident: api.get('/v1/incidents/{incident_id}', { path }),
    explanation: api.get('/v1/incidents/{incident_id}/explanation', { path }),
    pages: api.get('/v1/incidents/{incident_id}/notifications', { path, query: { limit: 200 } }),
  }
}
