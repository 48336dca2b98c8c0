/** Lays a schedule of its own layers over another for a while, as over holidays; or changes one. */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { serverNow } from '../../api/clock'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi, useOrganization } from '../../app/organization'
import { allZones, zoneName } from '../../app/zones'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useDraft } from '../../components/useDraft'
import { LayersEditor } from './LayersEditor'
import classes from './OverrideModal.module.css'
import { type TemporaryValues, temporaryErrors, temporaryInput, temporaryValues } from './temporaryForm'
import type { Override, Schedule } from './words'

export interface TemporaryWritten {
  override?: Override
}

interface Properties {
  schedule: Schedule
  zone: string
  written: TemporaryWritten | null
  onClose: () => void
}

export function TemporaryModal({ written, onClose, ...rest }: Properties) {
  const title = written?.override ? 'Change the temporary schedule' : 'A temporary schedule'
  return (
    <Modal opened={written !== null} onClose={onClose} title={title} size="xl">
      {written && <Form override={written.override} onClose={onClose} {...rest} />}
    </Modal>
  )
}

interface FormProperties extends Omit<Properties, 'written'> {
  override: Override | undefined
}

function Form({ schedule, zone, override, onClose }: FormProperties) {
  const api = useApi()
  const queries = useQueryClient()
  const { userId } = useOrganization()
  const form = useForm<TemporaryValues>({
    initialValues: temporaryValues({ override, schedule, zone, now: serverNow(), userId }),
    validate: temporaryErrors,
  })
  const draft = useDraft(`temporary.${override?.id ?? schedule.id}`, form, override?.version)
  const hasBegun = override !== undefined && Date.parse(override.starts_at) <= serverNow()
  const path = { schedule_id: schedule.id }
  const end = () => {
    draft.forget()
    onClose()
    void queries.invalidateQueries({ queryKey: api.topic('on-call') })
    return queries.invalidateQueries({ queryKey: api.topic('schedules') })
  }
  const save = useMutation({
    mutationFn: async (values: TemporaryValues) => {
      const body = temporaryInput(values, zone, hasBegun ? override : undefined)
      if (!override) return api.post('/v1/schedules/{schedule_id}/overrides', { path, body })
      const at = { ...path, override_id: override.id }
      return api.put('/v1/schedules/{schedule_id}/overrides/{override_id}', {
        path: at,
        body,
        version: draft.version,
      })
    },
    onSuccess: () => {
      notifyDone('The temporary schedule is saved.')
      return end()
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          It takes the place of the whole rotation: where it has nobody, nobody is on call.
          {hasBegun && ' It has begun: only its end and its name can change.'}
        </Text>
        <StaleAlert error={save.error} onReload={() => void end()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <TextInput
          label="Name"
          placeholder="Christmas"
          required
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <div className={classes.times}>
          <TextInput
            type="datetime-local"
            label="From"
            description={`By the clock of ${zoneName(zone)}; empty: from now on`}
            disabled={hasBegun}
            {...form.getInputProps('starts_at')}
          />
          <TextInput
            type="datetime-local"
            label="Until"
            description={`By the clock of ${zoneName(zone)}`}
            required
            {...form.getInputProps('ends_at')}
          />
        </div>
        <Select
          label="Time zone"
          description="By its clock people hand over."
          searchable
          allowDeselect={false}
          limit={100}
          disabled={hasBegun}
          data={allZones().map(one => ({ value: one, label: zoneName(one) }))}
          {...form.getInputProps('time_zone')}
        />
        <LayersEditor
          layers={form.getValues().layers}
          onChange={layers => form.setFieldValue('layers', layers)}
          errorOf={at => form.errors[at]}
          disabled={hasBegun}
        />
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
