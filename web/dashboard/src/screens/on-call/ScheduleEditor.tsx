/** Writes a schedule, with the shifts it would have beside it. */
import { Button, Card, Group, Select, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../app/organization'
import { allZones, zoneName } from '../../app/zones'
import { LayersEditor } from './LayersEditor'
import { PreviewCard } from './PreviewCard'
import classes from './ScheduleEditor.module.css'
import type { LayerValues, ScheduleValues } from './scheduleForm'

interface Properties {
  form: UseFormReturnType<ScheduleValues>
  /** The schedule that is changed; none while a new one is written. */
  scheduleId?: string
  disabled?: boolean
  isSaving: boolean
  /** What is shown above the buttons: what went wrong. */
  problem: ReactNode
  saveLabel: string
  onSubmit: (values: ScheduleValues) => void
  onReset: () => void
}

export function ScheduleEditor(properties: Properties) {
  const { form, scheduleId, disabled, isSaving, problem, saveLabel, onSubmit, onReset } = properties
  const values = form.getValues()
  return (
    <form className={classes.columns} onSubmit={form.onSubmit(onSubmit)} noValidate>
      <div className={classes.main}>
        {problem}
        <Basics form={form} disabled={disabled} />
        <LayersEditor
          layers={values.layers}
          onChange={(layers: LayerValues[]) => form.setFieldValue('layers', layers)}
          errorOf={path => form.errors[path]}
          disabled={disabled}
        />
      </div>
      <aside className={classes.side} aria-label="Preview">
        <PreviewCard values={values} scheduleId={scheduleId} isDirty={form.isDirty()} />
      </aside>
      {!disabled && (form.isDirty() || !scheduleId) && (
        <Group className={classes.bar} justify="flex-end">
          <Button variant="default" onClick={onReset}>
            {scheduleId ? 'Discard' : 'Cancel'}
          </Button>
          <Button type="submit" loading={isSaving}>
            {saveLabel}
          </Button>
        </Group>
      )}
    </form>
  )
}

function Basics({ form, disabled }: Pick<Properties, 'form' | 'disabled'>) {
  const teams = useQuery({ ...useApi().get('/v1/teams', { query: { limit: 200 } }), staleTime: 60_000 })
  return (
    <Card className={classes.basics}>
      <TextInput label="Name" required maxLength={200} disabled={disabled} {...form.getInputProps('name')} />
      <Select
        label="Time zone"
        description="By its clock people hand over."
        searchable
        required
        allowDeselect={false}
        limit={100}
        disabled={disabled}
        data={allZones().map(zone => ({ value: zone, label: zoneName(zone) }))}
        {...form.getInputProps('time_zone')}
      />
      <Select
        label="Team"
        description="Its leads may change the schedule."
        clearable
        searchable
        disabled={disabled}
        data={teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        {...form.getInputProps('team_id')}
      />
      <Textarea
        label="Description"
        autosize
        minRows={1}
        maxRows={5}
        maxLength={2000}
        disabled={disabled}
        {...form.getInputProps('description')}
      />
    </Card>
  )
}
