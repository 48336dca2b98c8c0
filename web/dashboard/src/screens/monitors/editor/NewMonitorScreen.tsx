/** Makes a monitor. */
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Model } from '../../../api/types'
import { useApi, useOrganization } from '../../../app/organization'
import { viewerZone } from '../../../app/zones'
import { Page } from '../../../components/Page'
import { useWhyNot, WhyNot } from '../../../components/WhyNot'
import { keepUrl } from '../freshUrls'
import { MonitorForm } from './MonitorForm'
import { newValues } from './values'

const route = getRouteApi('/o/$org/monitors/new')

export function NewMonitorScreen() {
  const { kind = 'http', service_id: service } = route.useSearch()
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin', 'any')
  const values = useMemo(() => newValues(kind, viewerZone, service ?? null), [kind, service])
  const create = async (body: Model<'MonitorInput'>) => {
    const made = await api.post('/v1/monitors', { body })
    if (made.ping_url) keepUrl(made.id, made.ping_url)
    await queries.invalidateQueries({ queryKey: api.topic('monitors') })
    await navigate({ to: '/o/$org/monitors/$monitor', params: { org, monitor: made.id } })
  }
  return (
    <Page title="A new monitor" width="narrow" back={{ label: 'Monitors', to: '/o/$org/monitors', params: { org } }}>
      <WhyNot role="admin" team="any" />
      <MonitorForm
        values={values}
        draft="monitor.new"
        why={why}
        label="Start watching"
        onSave={create}
        onCancel={() => void navigate({ to: '/o/$org/monitors', params: { org } })}
      />
    </Page>
  )
}
