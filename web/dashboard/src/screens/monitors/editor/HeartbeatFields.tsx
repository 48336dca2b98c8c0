/** When a job has to report. */
import { SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core'
import { allZones, zoneName } from '../../../app/zones'
import { DurationInput } from '../../../components/DurationInput'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'

const zones = allZones().map(value => ({ value, label: zoneName(value) }))

export function HeartbeatFields({ form, disabled }: FieldsProperties) {
  const path = 'specs.heartbeat'
  const { by, methods } = form.values.specs.heartbeat
  const of = (name: string) => ({ disabled, ...form.getInputProps(`${path}.${name}`) })
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label="When it is due"
        value={by}
        onChange={value => form.setFieldValue(`${path}.by`, value as 'interval' | 'cron')}
        disabled={disabled}
        data={[
          { value: 'interval', label: 'Every so often' },
          { value: 'cron', label: 'By a cron expression' },
        ]}
      />
      {by === 'interval' ? (
        <DurationInput label="It reports every" unit="d" {...of('interval_seconds')} />
      ) : (
        <div className={classes.row}>
          <TextInput
            label="Cron expression"
            description="Five fields, or with seconds in front."
            placeholder="30 2 * * *"
            {...of('cron')}
          />
          <Select
            label="Time zone"
            description="In which the cron runs."
            searchable
            allowDeselect={false}
            data={zones}
            {...of('time_zone')}
          />
        </div>
      )}
      <DurationInput
        label="Grace"
        description="How late it may be, and how long a run may take that has told its start."
        unit="h"
        {...of('grace_seconds')}
      />
      <TextInput
        label="Slug"
        description="By which ping keys find it: a-z, 0-9, - and _."
        placeholder="backup-db-1"
        {...of('slug')}
      />
      <Switch
        label="Only POST counts, against previews of links"
        disabled={disabled}
        checked={methods === 'post'}
        onChange={({ currentTarget }) => form.setFieldValue(`${path}.methods`, currentTarget.checked ? 'post' : 'any')}
      />
    </Stack>
  )
}
