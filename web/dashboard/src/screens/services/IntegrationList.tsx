/** The tools that report to a service. */
import { Button, Card } from '@mantine/core'
import { IconCircleCheckFilled, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Time } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import classes from './IntegrationList.module.css'
import { lastUse } from './keyStates'
import { NewIntegrationModal } from './NewIntegrationModal'
import rows from './Rows.module.css'
import { toolOf } from './tools'
import { useIntegrations } from './useNames'

const route = getRouteApi('/o/$org/services/$service')

export function IntegrationList({ service }: { service: string }) {
  const { connect } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const found = useIntegrations(service)
  const open = (isOpen: boolean) =>
    void navigate({ search: before => ({ ...before, connect: isOpen || undefined }), replace: true })
  const button = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={why !== null} onClick={() => open(true)}>
      Connect a tool
    </Button>
  )
  return (
    <>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Card p={0}>
              <Empty icon={IconPlugConnected} title="Nothing reports here yet" action={button}>
                Connect Prometheus, Alertmanager, Grafana, or anything that can send JSON or speaks to PagerDuty. It
                takes an address and a key.
              </Empty>
            </Card>
          ) : (
            <>
              <div className={classes.top}>{button}</div>
              <Card p={0} component="ul" className={rows.list}>
                {items.map(one => (
                  <Row key={one.id} integration={one} />
                ))}
              </Card>
            </>
          )
        }
      </Loaded>
      <NewIntegrationModal service={service} isOpen={connect === true && why === null} onClose={() => open(false)} />
    </>
  )
}

function Row({ integration }: { integration: Model<'Integration'> }) {
  const { id: org } = useOrganization()
  const path = { integration_id: integration.id }
  const keys = useQuery(useApi().get('/v1/integrations/{integration_id}/keys', { path }))
  const used = keys.data && lastUse(keys.data.items)
  const { icon: Icon } = toolOf(undefined, integration.name)
  return (
    <li className={`${rows.row} ${classes.row}`}>
      <span className={classes.icon}>
        <Icon size={20} stroke={1.6} aria-hidden />
      </span>
      <div>
        <Link
          to="/o/$org/integrations/$integration"
          params={{ org, integration: integration.id }}
          className={rows.name}
        >
          {integration.name}
        </Link>
        <div className={rows.facts}>
          <span>
            made <Time at={integration.created_at} />
          </span>
        </div>
      </div>
      <div className={rows.end}>
        {used && (
          <span className={classes.used}>
            <IconCircleCheckFilled size={15} aria-hidden />
            <span>
              last event <Time at={used} />
            </span>
          </span>
        )}
        {used === null && <span className={classes.unused}>waiting for its first event</span>}
      </div>
    </li>
  )
}
