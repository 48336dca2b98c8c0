/** What would become of events by the rules as they are edited: one example, or the newest that have come. Nothing happens. */
import { Button, Card, Group, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { fieldErrors, Problem } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useServices } from '../services/useNames'
import { Decision } from './Decision'
import { RecentEvents } from './RecentEvents'
import { errorsOf, inputOf } from './ruleValues'
import { SEVERITIES } from './severities'
import classes from './TryOut.module.css'
import { exampleOf, inputOfExample, NO_EXAMPLE, type TryValues } from './tryValues'
import { useDecide } from './useDecide'
import type { RuleSetForm } from './useRuleSet'

interface Properties {
  form: RuleSetForm
  /** Whose rules they are; the organization's without. */
  service: string | undefined
  /** Whether they are not saved yet. */
  isDraft: boolean
}

export function TryOut({ form: rules, service, isDraft }: Properties) {
  const api = useApi()
  const { isDemo } = useOrganization()
  const services = useServices()
  const decide = useDecide(service)
  const form = useForm<TryValues>({ initialValues: { ...NO_EXAMPLE, service_id: service ?? null } })
  useDraft(`event-rules.try.${service ?? 'organization'}`, form)
  const attempt = useMutation({
    mutationFn: (values: TryValues) =>
      decide(values.service_id ?? '', inputOfExample(values), inputOf(rules.getValues())),
    onError: error => {
      if (!(error instanceof Problem)) return
      const wrong = errorsOf(error.fields)
      rules.setErrors(Object.fromEntries(Object.entries(wrong).filter(([field]) => field.startsWith('rules.'))))
      form.setErrors(
        Object.fromEntries(
          Object.entries(fieldErrors(error)).map(([field, reason]) => [field.replace('event.', ''), reason]),
        ),
      )
    },
  })
  const take = useMutation({
    mutationFn: (id: string) =>
      api.get('/v1/events/{event_id}', { path: { event_id: id } }).queryFn({ signal: new AbortController().signal }),
    onSuccess: event => {
      form.setValues(exampleOf(event))
      attempt.mutate({ ...exampleOf(event), service_id: form.getValues().service_id })
    },
  })
  const chosen = form.values.service_id
  return (
    <Card component="section" aria-labelledby="try-out" className={classes.panel}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3" id="try-out">
            Try them out
          </Title>
          <Text size="sm" c="dimmed">
            What would become of an event, by these rules{isDraft ? ' as they stand here, not saved yet' : ''}. Nothing
            happens.
          </Text>
        </div>
        {!service && (
          <Select
            label="An event comes for the service"
            placeholder="Choose one"
            searchable
            allowDeselect={false}
            disabled={isDemo}
            data={services.choices}
            {...form.getInputProps('service_id')}
          />
        )}
        {chosen && (
          <RecentEvents
            key={chosen}
            service={chosen}
            decide={example => decide(chosen, example, inputOf(rules.getValues()))}
            onTake={id => take.mutate(id)}
            isDisabled={isDemo}
          />
        )}
        <form onSubmit={form.onSubmit(values => attempt.mutate(values))}>
          <Stack gap="sm">
            <TextInput label="Summary" disabled={isDemo} {...form.getInputProps('summary')} />
            <Group grow>
              <Select
                label="Severity"
                allowDeselect={false}
                disabled={isDemo}
                data={SEVERITIES}
                {...form.getInputProps('severity')}
              />
              <TextInput label="Source" disabled={isDemo} {...form.getInputProps('source')} />
            </Group>
            <Textarea
              label="Labels"
              description="A line for each, as team=payments."
              autosize
              minRows={2}
              maxRows={8}
              spellCheck={false}
              disabled={isDemo}
              {...form.getInputProps('labels')}
            />
            {isDemo && (
              <Text size="sm" c="dimmed">
                The demo tries nothing: sign up to try rules of your own.
              </Text>
            )}
            <Button type="submit" disabled={isDemo || !chosen} loading={attempt.isPending || take.isPending}>
              Try it
            </Button>
          </Stack>
        </form>
        <ProblemAlert error={attempt.error ?? take.error} />
        {attempt.data && <Decision decision={attempt.data} />}
      </Stack>
    </Card>
  )
}
