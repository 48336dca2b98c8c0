/** Says what a component is, whatever monitors and reports say, or takes that back. */
import { Button, Modal, Radio, Group as Row, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import { fieldErrors } from '../../api/problem'
import { useApi } from '../../app/organization'
import { instantTextOf, viewerZone, wallAt } from '../../app/zones'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useKept } from '../../components/useKept'
import type { Component, StatusPage } from './queries'
import { COMPONENT_STATUSES, type ComponentStatus } from './words'

const HOUR_MS = 3_600_000
const LASTS = [
  { value: 'open', label: 'Until it is taken back' },
  { value: '1', label: 'For an hour' },
  { value: '4', label: 'For 4 hours' },
  { value: '24', label: 'For a day' },
  { value: 'at', label: 'Until…' },
]

interface Values {
  status: ComponentStatus
  lasts: string
  at: string
}

/** When it ends, as RFC 3339; null without an end. */
export function endOf({ lasts, at }: Pick<Values, 'lasts' | 'at'>, now: number): string | null {
  if (lasts === 'open') return null
  return lasts === 'at' ? instantTextOf(at, viewerZone) : new Date(now + Number(lasts) * HOUR_MS).toISOString()
}

interface Properties {
  page: StatusPage
  component: Component | undefined
  onClose: () => void
}

export function OverrideModal({ page, component, onClose }: Properties) {
  const kept = useKept(component)
  return (
    <Modal opened={component !== undefined} onClose={onClose} title={kept?.name.slice(0, 80)}>
      {kept && <Editor key={kept.id} page={page} component={kept} onClose={onClose} />}
    </Modal>
  )
}

function Editor({ page, component, onClose }: { page: StatusPage; component: Component; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<Values>({
    initialValues: {
      status: component.override?.status ?? 'degraded_performance',
      lasts: 'open',
      at: wallAt(serverNow() + HOUR_MS, viewerZone),
    },
    validate: { at: (at, values) => (values.lasts === 'at' && !instantTextOf(at, viewerZone) ? 'is no time' : null) },
  })
  const path = { page_id: page.id, component_id: component.id }
  const say = useMutation({
    mutationFn: (values: Values | null) =>
      values
        ? api.put('/v1/status-pages/{page_id}/components/{component_id}/override', {
            path,
            body: { status: values.status, until: endOf(values, serverNow()) },
          })
        : api.delete('/v1/status-pages/{page_id}/components/{component_id}/override', { path }),
    onSuccess: () => {
      onClose()
      return queries.invalidateQueries({ queryKey: api.topic('status-pages') })
    },
    onError: error => {
      const { until, ...errors } = fieldErrors(error)
      form.setErrors(until ? { ...errors, at: until } : errors)
    },
  })
  return (
    <form onSubmit={form.onSubmit(values => say.mutate(values))}>
      <Stack>
        <Text size="sm">
          {page.visibility === 'public' ? 'The public is told at once' : 'The page would tell so'}, whatever monitors
          and reports say.
        </Text>
        <ProblemAlert error={say.error} />
        <Radio.Group label="Status" {...form.getInputProps('status')}>
          <Stack gap="xs" mt="xs">
            {COMPONENT_STATUSES.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Select label="How long" allowDeselect={false} data={LASTS} {...form.getInputProps('lasts')} />
        {form.values.lasts === 'at' && (
          <TextInput
            type="datetime-local"
            label="Until"
            description={`In ${viewerZone}`}
            {...form.getInputProps('at')}
          />
        )}
        <Row justify="flex-end">
          {component.override && (
            <Button variant="default" mr="auto" loading={say.isPending} onClick={() => say.mutate(null)}>
              Take it back
            </Button>
          )}
          <Button type="submit" loading={say.isPending}>
            Set the status
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
