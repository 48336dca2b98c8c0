/** Changes a monitor; what somebody else saves meanwhile is not lost. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Model } from '../../../api/types'
import { useApi, useOrganization } from '../../../app/organization'
import { viewerZone } from '../../../app/zones'
import { Loaded } from '../../../components/Loaded'
import { Page } from '../../../components/Page'
import { useWhyNot, WhyNot } from '../../../components/WhyNot'
import type { Monitor } from '../words'
import { MonitorForm } from './MonitorForm'
import { valuesOf } from './values'

const route = getRouteApi('/o/$org/monitors/$monitor/edit')

export function EditMonitorScreen() {
  const { monitor: id } = route.useParams()
  const { id: org } = useOrganization()
  const found = useQuery(useApi().get('/v1/monitors/{monitor_id}', { path: { monitor_id: id } }))
  const name = found.data?.name ?? 'Monitor'
  return (
    <Page
      title={found.data ? `Edit ${name}` : 'Edit'}
      width="narrow"
      back={{ label: name, to: '/o/$org/monitors/$monitor', params: { org, monitor: id } }}
    >
      <Loaded query={found}>{monitor => <Edit found={monitor} />}</Loaded>
    </Page>
  )
}

/** It is read once: what a live change brings meanwhile must not take away what is being typed. */
function Edit({ found }: { found: Monitor }) {
  const [monitor, setMonitor] = useState(found)
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin', monitor.team_id)
  const path = { monitor_id: monitor.id }
  const reading = api.get('/v1/monitors/{monitor_id}', { path })
  const leave = () => navigate({ to: '/o/$org/monitors/$monitor', params: { org, monitor: monitor.id } })
  const save = async (body: Model<'MonitorInput'>, version: number | undefined) => {
    const made = await api.put('/v1/monitors/{monitor_id}', { path, body, version })
    queries.setQueryData(reading.queryKey, made)
    await leave()
    await queries.invalidateQueries({ queryKey: api.topic('monitors') })
  }
  const reload = async () => {
    const theirs = await queries.fetchQuery({ ...reading, staleTime: 0 })
    setMonitor(theirs)
    return valuesOf(theirs, viewerZone)
  }
  return (
    <>
      <WhyNot role="admin" team={monitor.team_id} />
      <MonitorForm
        monitor={monitor}
        values={valuesOf(monitor, viewerZone)}
        draft={`monitor.${monitor.id}`}
        why={why}
        label="Save"
        onSave={save}
        onReload={reload}
        onCancel={() => void leave()}
      />
    </>
  )
}
