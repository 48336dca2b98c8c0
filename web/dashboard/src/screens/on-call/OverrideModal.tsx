/** Puts somebody, or nobody, on call for a while; or changes such an override. */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { instantOf, wallAt, zoneName } from '../../app/zones'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useDraft } from '../../components/useDraft'
import classes from './OverrideModal.module.css'
import {
  NOBODY,
  type OverrideValues,
  overrideErrors,
  overrideInput,
  overrideValues,
  type Written,
} from './overrideForm'
import { membersQuery } from './queries'
import type { Schedule } from './words'

const HOUR_MS = 3_600_000
const LENGTHS = [
  [1, '1 h'],
  [4, '4 h'],
  [12, '12 h'],
  [24, 'a day'],
  [168, 'a week'],
] as const

interface Properties {
  schedule: Schedule
  zone: string
  written: Written | null
  onClose: () => void
}

export function OverrideModal({ written, onClose, ...rest }: Properties) {
  return (
    <Modal
      opened={written !== null}
      onClose={onClose}
      title={written?.override ? 'Change the override' : 'Put somebody else on call'}
      size="lg"
    >
      {written && <Form written={written} onClose={onClose} {...rest} />}
    </Modal>
  )
}

type Draft = ReturnType<typeof useDraft>

function useSaving({ schedule, zone, onClose }: Omit<Properties, 'written'>, written: Written, draft: Draft) {
  const api = useApi()
  const queries = useQueryClient()
  const { override } = written
  const path = { schedule_id: schedule.id }
  return useMutation({
    mutationFn: async (values: OverrideValues) => {
      const begun = override && Date.parse(override.starts_at) <= serverNow() ? override.starts_at : null
      const body = overrideInput(values, zone, begun)
      if (!override) return api.post('/v1/schedules/{schedule_id}/overrides', { path, body })
      const at = { ...path, override_id: override.id }
      return api.put('/v1/schedules/{schedule_id}/overrides/{override_id}', {
        path: at,
        body,
        version: draft.version,
      })
    },
    onSuccess: () => {
      draft.forget()
      onClose()
      notifyDone('The override is saved.')
      void queries.invalidateQueries({ queryKey: api.topic('on-call') })
      return queries.invalidateQueries({ queryKey: api.topic('schedules') })
    },
  })
}

function Form({ schedule, zone, written, onClose }: Omit<Properties, 'written'> & { written: Written }) {
  const { userId } = useOrganization()
  const members = useQuery(membersQuery(useApi()))
  const queries = useQueryClient()
  const api = useApi()
  const form = useForm<OverrideValues>({
    initialValues: overrideValues(written, zone, serverNow()),
    validate: overrideErrors,
  })
  const key = written.override?.id ?? `${schedule.id}.${written.startsAt ?? 'new'}`
  const draft = useDraft(`override.${key}`, form, written.override?.version)
  const save = useSaving({ schedule, zone, onClose }, written, draft)
  const hasBegun = written.override !== undefined && Date.parse(written.override.starts_at) <= serverNow()
  const people = [
    { value: NOBODY, label: 'Nobody (really: no page goes out)' },
    ...(members.data?.items ?? []).map(one => ({
      value: one.user_id,
      label: one.user_id === userId ? `${one.name} (you)` : one.name,
    })),
  ]
  const last = (hours: number) => {
    const from = instantOf(form.getValues().starts_at, zone) ?? serverNow()
    form.setFieldValue('ends_at', wallAt(from + hours * HOUR_MS, zone))
  }
  const submit = form.onSubmit(values => save.mutate(values, { onError: error => form.setErrors(fieldErrors(error)) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <StaleAlert
          error={save.error}
          onReload={() => {
            draft.forget()
            onClose()
            void queries.invalidateQueries({ queryKey: api.topic('schedules') })
          }}
        />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <Select
          label="Who is on call"
          data-autofocus
          searchable
          openOnFocus={false}
          required
          disabled={hasBegun}
          data={people}
          {...form.getInputProps('user_id')}
        />
        <div className={classes.times}>
          <TextInput
            type="datetime-local"
            label="From"
            description="Empty: from now on"
            disabled={hasBegun}
            {...form.getInputProps('starts_at')}
          />
          <TextInput type="datetime-local" label="Until" required {...form.getInputProps('ends_at')} />
        </div>
        <fieldset className={classes.lengths}>
          <legend>For</legend>
          {LENGTHS.map(([hours, label]) => (
            <Button key={hours} size="xs" variant="default" onClick={() => last(hours)}>
              {label}
            </Button>
          ))}
        </fieldset>
        <Text size="sm" c="dimmed">
          By the clock of {zoneName(zone)}. {hasBegun && 'It has begun: only its end and its name can change.'}
        </Text>
        <TextInput label="Why" placeholder="dentist" maxLength={200} {...form.getInputProps('name')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
