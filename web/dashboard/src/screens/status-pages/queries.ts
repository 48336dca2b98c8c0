/** What screens of a status page ask for. */
import type { Api } from '../../api/client'
import type { Model } from '../../api/types'

export type StatusPage = Model<'PlacedPage'>
export type Component = Model<'Component'>
export type Group = Model<'ComponentGroup'>
export type Report = Model<'StatusReport'>
export type ReportItem = Model<'StatusReportItem'>
export type Template = Model<'ReportTemplate'>

export function pageQueries(api: Api, id: string) {
  const path = { page_id: id }
  return {
    page: api.get('/v1/status-pages/{page_id}', { path }),
    told: api.get('/v1/status-pages/{page_id}/status', { path }),
    components: api.get('/v1/status-pages/{page_id}/components', { path }),
    groups: api.get('/v1/status-pages/{page_id}/component-groups', { path }),
    templates: api.get('/v1/status-pages/{page_id}/templates', { path }),
    counts: api.get('/v1/status-pages/{page_id}/subscribers/counts', { path }),
  }
}

export function reportQuery(api: Api, id: string) {
  return api.get('/v1/status-reports/{report_id}', { path: { report_id: id } })
}
