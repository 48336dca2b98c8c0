/** One integration: how to set its tool up, whether something has come, its keys, and what came by it. */
import { Button, Card, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { placeQuery } from '../../auth/place'
import { ConfirmButton } from '../../components/ConfirmButton'
import { CopyText } from '../../components/CopyText'
import { Findings } from '../../components/Findings'
import { Loaded } from '../../components/Loaded'
import { notifyProblem } from '../../components/notices'
import { Page } from '../../components/Page'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { EventList } from './EventList'
import { EventModal } from './EventModal'
import { keepKey, useFreshKey } from './freshKeys'
import classes from './IntegrationScreen.module.css'
import { RoutingKeys } from './RoutingKeys'
import { TestEvent } from './TestEvent'
import { SOME_KEY, TOOLS, toolOf } from './tools'
import { Waiting } from './Waiting'

type Integration = Model<'Integration'>

const route = getRouteApi('/o/$org/integrations/$integration')

export function IntegrationScreen() {
  const { integration: id } = route.useParams()
  const { id: org } = useOrganization()
  const api = useApi()
  const found = useQuery(api.get('/v1/integrations/{integration_id}', { path: { integration_id: id } }))
  const service = found.data?.service_id
  const of = useQuery({
    ...api.get('/v1/services/{service_id}', { path: { service_id: service ?? '' } }),
    enabled: service !== undefined,
  })
  const back = service
    ? { label: of.data?.name ?? 'Service', to: '/o/$org/services/$service' as const, params: { org, service } }
    : { label: 'Services', to: '/o/$org/services' as const, params: { org } }
  return (
    <Page title={found.data?.name ?? 'Integration'} back={back}>
      <Loaded query={found}>{one => <Content key={one.id} integration={one} policy={of.data?.policy_id} />}</Loaded>
    </Page>
  )
}

function Content({ integration, policy }: { integration: Integration; policy: string | null | undefined }) {
  const { event } = route.useSearch()
  const navigate = route.useNavigate()
  const look = (id: string | undefined) =>
    void navigate({ search: before => ({ ...before, event: id }), resetScroll: false })
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <Findings about={integration.id} />
        <Waiting integration={integration} onLook={look} />
        <SetUp integration={integration} />
      </div>
      <aside className={classes.side} aria-label="Test and keys">
        <WhyNot role="admin" />
        <TestEvent integration={integration} hasPolicy={policy !== null} />
        <RoutingKeys integration={integration.id} />
        <DeleteIntegration integration={integration} />
      </aside>
      <section className={classes.events} aria-labelledby="events">
        <Title order={2} size="h3" id="events" mb="sm">
          What came by it
        </Title>
        <EventList service={integration.service_id} integration={integration.id} onLook={look}>
          <Card>
            <Text size="sm" c="dimmed">
              Nothing yet.
            </Text>
          </Card>
        </EventList>
      </section>
      <EventModal id={event} onClose={() => look(undefined)} />
    </div>
  )
}

function SetUp({ integration }: { integration: Integration }) {
  const { tool: chosen } = route.useSearch()
  const place = useQuery(placeQuery)
  const key = useFreshKey(integration.id)
  const tool = toolOf(chosen, integration.name)
  return (
    <Card component="section" aria-labelledby="set-up" padding="lg">
      <Title order={2} size="h3" id="set-up">
        Set it up
      </Title>
      <nav className={classes.tools} aria-label="Tool">
        {TOOLS.map(one => (
          <Link
            key={one.id}
            from="/o/$org/integrations/$integration"
            to="."
            search={{ tool: one.id }}
            replace
            resetScroll={false}
            aria-current={one === tool ? 'true' : undefined}
          >
            {one.name}
          </Link>
        ))}
      </nav>
      <Text size="sm" c="dimmed" mb="md">
        {tool.words}
      </Text>
      {key ? <Fresh /> : <Gone integration={integration.id} />}
      <Loaded query={place}>
        {({ events_url: url }) => (
          <ol className={classes.snippets}>
            {tool.snippets({ url: url.replace(/\/$/, ''), key: key ?? SOME_KEY }).map(one => (
              <li key={one.title}>
                <h3>{one.title}</h3>
                {one.text && <p>{one.text}</p>}
                <CopyText text={one.code} label={one.title} block={one.code.includes('\n') || one.code.length > 120} />
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  )
}

/** The key is in the snippets. */
function Fresh() {
  return (
    <p className={classes.fresh}>
      The key is in the snippets below. <strong>It is shown this once</strong>: copy it before you leave this page.
    </p>
  )
}

/** Keys are shown once: another one is made where it is needed again. */
function Gone({ integration }: { integration: string }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const making = useMutation({
    mutationFn: () => api.post('/v1/integrations/{integration_id}/keys', { path: { integration_id: integration } }),
    onSuccess: async ({ key }) => {
      keepKey(integration, key)
      await queries.invalidateQueries({ queryKey: api.topic('integrations') })
    },
    onError: notifyProblem,
  })
  return (
    <div className={classes.gone}>
      <p>
        Keys are shown once, when they are made. Put yours in the place of <code>{SOME_KEY}</code>, or make another one;
        those in use go on working.
      </p>
      <Button
        size="xs"
        variant="default"
        disabled={why !== null}
        loading={making.isPending}
        onClick={() => making.mutate()}
      >
        Make another key
      </Button>
    </div>
  )
}

function DeleteIntegration({ integration }: { integration: Integration }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const why = useWhyNot('admin')
  const end = async () => {
    await api.delete('/v1/integrations/{integration_id}', { path: { integration_id: integration.id } })
    await navigate({ to: '/o/$org/services/$service', params: { org, service: integration.service_id } })
    await queries.invalidateQueries({ queryKey: api.topic('integrations') })
  }
  return (
    <ConfirmButton
      c="red"
      question={`Delete ${integration.name.slice(0, 80)}?`}
      consequence="Its keys are refused from then on, so whatever still sends by them is not heard. This can’t be taken back."
      confirm="Delete the integration"
      disabled={why !== null}
      onConfirm={end}
    >
      Delete this integration
    </ConfirmButton>
  )
}
