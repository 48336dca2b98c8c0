/** The form of a maintenance window or a silence. */
import { ActionIcon, Button, Group, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { randomId } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { allZones, zoneName } from '../../app/zones'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useDraft } from '../../components/useDraft'
import { useMonitorNames, useServices } from '../monitors/queries'
import { RecurrenceFields } from './RecurrenceFields'
import classes from './WindowForm.module.css'
import { formPath, inputOf, movedEnd, valuesOf, type Window, type WindowValues } from './windowValues'

export type WindowFormType = UseFormReturnType<WindowValues>

interface Properties {
  /** The one that is changed. */
  window: Window | null
  values: WindowValues
  onClose: () => void
}

export function WindowForm({ window: given, values, onClose }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const [window, setWindow] = useState(given)
  const form = useForm<WindowValues>({
    initialValues: values,
    validate: {
      name: name => (name.trim() ? null : 'It needs a name.'),
      service_ids: (ids, { covers, labels }) =>
        covers === 'services' && ids.length + labels.length === 0 ? 'Choose services, or give labels.' : null,
      monitor_ids: (ids, { covers }) => (covers === 'monitors' && ids.length === 0 ? 'Choose monitors.' : null),
    },
  })
  const draft = useDraft(`window.${window?.id ?? 'new'}`, form, window?.version)
  const close = () => {
    draft.forget()
    onClose()
  }
  const save = useMutation({
    mutationFn: (typed: WindowValues) =>
      window
        ? api.put('/v1/maintenance-windows/{window_id}', {
            path: { window_id: window.id },
            body: inputOf(typed),
            version: draft.version,
          })
        : api.post('/v1/maintenance-windows', { body: inputOf(typed) }),
    onSuccess: async () => {
      close()
      await queries.invalidateQueries({ queryKey: api.topic('maintenance-windows') })
    },
    onError: error => {
      const found = Object.entries(fieldErrors(error))
      form.setErrors(Object.fromEntries(found.map(([field, said]) => [formPath(field), said])))
    },
  })
  const reload = async () => {
    if (!window) return
    const path = { window_id: window.id }
    const reading = api.get('/v1/maintenance-windows/{window_id}', { path })
    const theirs = await queries.fetchQuery({ ...reading, staleTime: 0 })
    draft.forget()
    setWindow(theirs)
    form.setInitialValues(valuesOf(theirs))
    form.setValues(valuesOf(theirs))
    save.reset()
  }
  return (
    <form onSubmit={form.onSubmit(typed => save.mutate(typed))} noValidate>
      <Stack>
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <What form={form} />
        <Covered form={form} />
        <When form={form} />
        <RecurrenceFields form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {window ? 'Save' : 'Plan it'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function What({ form }: { form: WindowFormType }) {
  const isSilence = form.values.kind === 'silence'
  return (
    <>
      <SegmentedControl
        aria-label="Kind"
        fullWidth
        value={form.values.kind}
        onChange={kind => form.setFieldValue('kind', kind as WindowValues['kind'])}
        data={[
          { value: 'maintenance', label: 'Maintenance' },
          { value: 'silence', label: 'Silence' },
        ]}
      />
      <Text size="sm" c="dimmed">
        {isSilence
          ? 'Only quiet: nobody is paged, and uptime counts as ever.'
          : 'Announced work: nobody is paged, and its time counts neither for nor against uptime.'}
      </Text>
      <TextInput
        label="Name"
        placeholder={isSilence ? 'Flapping probe' : 'Database upgrade'}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
    </>
  )
}

function Covered({ form }: { form: WindowFormType }) {
  const services = useServices()
  const monitors = useMonitorNames()
  const { covers } = form.values
  return (
    <>
      <SegmentedControl
        aria-label="What it covers"
        fullWidth
        value={covers}
        onChange={value => form.setFieldValue('covers', value as WindowValues['covers'])}
        data={[
          { value: 'services', label: 'Services' },
          { value: 'monitors', label: 'Monitors' },
          { value: 'everything', label: 'Everything' },
        ]}
      />
      {covers === 'services' && (
        <>
          <MultiSelect
            label="Services"
            description="All that they report. Without any, whatever has the labels below."
            searchable
            clearable
            data={services.choices}
            {...form.getInputProps('service_ids')}
          />
          <Labels form={form} />
        </>
      )}
      {covers === 'monitors' && (
        <MultiSelect
          label="Monitors"
          description="Only what these monitors say."
          searchable
          clearable
          data={monitors.choices}
          {...form.getInputProps('monitor_ids')}
        />
      )}
    </>
  )
}

function Labels({ form }: { form: WindowFormType }) {
  return (
    <div>
      <p className={classes.label}>Only with these labels</p>
      <ul className={classes.labels}>
        {form.values.labels.map(({ key }, n) => (
          <li key={key}>
            <TextInput
              aria-label={`Name of label ${n + 1}`}
              placeholder="host"
              {...form.getInputProps(`labels.${n}.name`)}
            />
            <TextInput
              aria-label={`Value of label ${n + 1}`}
              placeholder="db1"
              {...form.getInputProps(`labels.${n}.value`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove label ${n + 1}`}
              onClick={() => form.removeListItem('labels', n)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {form.errors.labels && (
        <Text size="sm" c="red">
          {form.errors.labels}
        </Text>
      )}
      <Button
        size="sm"
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => form.insertListItem('labels', { key: randomId(), name: '', value: '' })}
      >
        Add a label
      </Button>
    </div>
  )
}

const zones = allZones().map(value => ({ value, label: zoneName(value) }))

function When({ form }: { form: WindowFormType }) {
  const start = form.getInputProps('starts')
  return (
    <>
      <div className={classes.row}>
        <TextInput
          type="datetime-local"
          label="From"
          {...start}
          onChange={({ currentTarget }) => {
            form.setFieldValue('ends', movedEnd(form.values, currentTarget.value))
            form.setFieldValue('starts', currentTarget.value)
          }}
        />
        <TextInput type="datetime-local" label="Until" {...form.getInputProps('ends')} />
      </div>
      <Select
        label="Time zone"
        description="Of these times; a window that repeats keeps them when clocks change."
        searchable
        allowDeselect={false}
        data={zones}
        {...form.getInputProps('time_zone')}
      />
    </>
  )
}
