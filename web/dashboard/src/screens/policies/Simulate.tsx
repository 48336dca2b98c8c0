/** Tells what would happen by a policy if something came to a service that follows it; nothing is sent. */
import { Alert, Button, Card, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { instantTextOf, viewerZone } from '../../app/zones'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { SEVERITIES } from '../event-rules/severities'
import type { Policy, Severity } from './policyForm'
import classes from './Simulate.module.css'
import { SimulationResult } from './SimulationResult'

const route = getRouteApi('/o/$org/policies/$policy')
const MINUTE = 60

interface Values extends Record<string, unknown> {
  service: string | null
  severity: Severity
  summary: string
  at: string
  isAnswered: boolean
  minutes: number
}

function useSimulation() {
  const api = useApi()
  return useMutation({
    mutationFn: ({ service, severity, summary, at, isAnswered, minutes }: Values) =>
      api.post('/v1/simulations', {
        body: {
          service_id: service ?? '',
          at: at ? instantTextOf(at, viewerZone) : null,
          events: [
            { action: 'trigger', severity, summary: summary.trim() || 'a simulated event', after_seconds: 0 },
            ...(isAnswered
              ? [{ action: 'acknowledge' as const, severity, summary: 'answered', after_seconds: minutes * MINUTE }]
              : []),
          ],
        },
      }),
  })
}

export function Simulate({ policy }: { policy: Policy }) {
  const { id: org } = useOrganization()
  const search = route.useSearch()
  const why = useWhyNot('responder')
  const services = useQuery({ ...useApi().get('/v1/services', { query: { limit: 200 } }), staleTime: 60_000 })
  const following = services.data?.items.filter(one => one.policy_id === policy.id) ?? []
  const form = useForm<Values>({
    initialValues: {
      service: search.service ?? null,
      severity: search.severity ?? 'critical',
      summary: 'disk full',
      at: '',
      isAnswered: false,
      minutes: 10,
    },
  })
  useDraft(`simulation.${policy.id}`, form)
  const simulation = useSimulation()
  const service = form.getValues().service ?? following[0]?.id ?? null
  const isOther = service !== null && services.data !== undefined && following.every(one => one.id !== service)
  const simulate = (values: Values) =>
    simulation.mutate({ ...values, service }, { onError: error => form.setErrors(toFields(error)) })
  return (
    <div className={classes.columns}>
      <Card component="form" className={classes.form} onSubmit={form.onSubmit(simulate)} noValidate>
        <WhyNot role="responder" />
        <Select
          label="Service"
          searchable
          allowDeselect={false}
          data={services.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          {...form.getInputProps('service')}
          value={service}
        />
        {services.data && following.length === 0 && (
          <Alert color="yellow">
            No service follows this policy yet.{' '}
            <LinkAnchor to="/o/$org/services" params={{ org }} inherit>
              Give it to one
            </LinkAnchor>{' '}
            to simulate it.
          </Alert>
        )}
        {isOther && following.length > 0 && <Alert color="blue">This service follows another policy.</Alert>}
        <TextInput label="Event summary" maxLength={1024} {...form.getInputProps('summary')} />
        <Select label="Severity" allowDeselect={false} data={SEVERITIES} {...form.getInputProps('severity')} />
        <TextInput
          type="datetime-local"
          label="At"
          description="Empty: now. Schedules and windows are those of that time."
          {...form.getInputProps('at')}
        />
        <Switch label="Somebody acknowledges" {...form.getInputProps('isAnswered', { type: 'checkbox' })} />
        {form.getValues().isAnswered && (
          <NumberInput
            label="After minutes"
            min={0}
            max={10_000}
            allowDecimal={false}
            {...form.getInputProps('minutes')}
          />
        )}
        <Button
          type="submit"
          disabled={why !== null || service === null}
          title={why ?? undefined}
          loading={simulation.isPending}
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
        >
          Simulate
        </Button>
        <p className={classes.note}>Nothing is sent, and nothing is kept. It goes by the version that is saved.</p>
      </Card>
      <div aria-live="polite" className={classes.result}>
        <ProblemAlert error={simulation.error} />
        {simulation.data ? (
          <SimulationResult simulation={simulation.data} policy={policy} />
        ) : (
          !simulation.error && (
            <p className={classes.empty}>
              Here it says who would be paged, when, by which way, and why: through handoffs, repetitions, rounds and
              event rules, as if it happened.
            </p>
          )
        )}
      </div>
    </div>
  )
}

const FIELDS: Readonly<Record<string, string>> = {
  at: 'at',
  service_id: 'service',
  'events.0.summary': 'summary',
  'events.1.after_seconds': 'minutes',
}

function toFields(error: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldErrors(error)).map(([field, reason]) => [FIELDS[field] ?? field, reason]),
  )
}
