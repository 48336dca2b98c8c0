/** From where and how often something is checked. */
import { MultiSelect, NumberInput, Select, Stack, Switch } from '@mantine/core'
import { formatDuration } from '../../../components/Time'
import { INTERVALS } from '../words'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'
import { useRegions } from './useRegions'

const NONE: readonly string[] = []
const intervals = INTERVALS.map(seconds => ({ value: String(seconds), label: formatDuration(seconds) }))

export function WhereFields({ form, disabled }: FieldsProperties) {
  const { regions } = form.values
  const choices = useRegions(regions ?? NONE)
  return (
    <Stack gap="md">
      <Switch
        label="From all regions of this deployment"
        disabled={disabled}
        checked={regions === null}
        onChange={({ currentTarget }) =>
          form.setFieldValue(
            'regions',
            currentTarget.checked ? null : choices.map(one => one.value).filter(one => !one.startsWith('private:')),
          )
        }
      />
      {regions !== null && (
        <MultiSelect
          label="Regions"
          description="Take three: from one, a bad network looks like a bad target. Private locations are checked from within your network."
          searchable
          clearable
          data={choices}
          disabled={disabled}
          {...form.getInputProps('regions')}
        />
      )}
      <div className={classes.row}>
        <Select
          label="Interval"
          description="In each region."
          allowDeselect={false}
          data={intervals}
          disabled={disabled}
          {...form.getInputProps('interval_seconds')}
        />
        <NumberInput
          label="Timeout"
          description="Of one attempt, redirects included."
          suffix=" s"
          min={1}
          max={60}
          hideControls
          disabled={disabled}
          {...form.getInputProps('timeout_seconds')}
        />
      </div>
    </Stack>
  )
}
