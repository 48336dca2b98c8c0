/** What it takes to believe a failure, and its end. */
import { NumberInput, Stack, Text } from '@mantine/core'
import { DurationInput } from '../../../components/DurationInput'
import { formatDuration } from '../../../components/Time'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'
import type { MonitorValues } from './values'

/** How soon an outage pages at the latest, in seconds: as many checks as it takes, and what must pass after. */
export function pagesAfter(
  values: Pick<MonitorValues, 'interval_seconds' | 'failures_to_down' | 'confirmation_seconds'>,
) {
  return Number(values.interval_seconds) * Number(values.failures_to_down || 1) + (values.confirmation_seconds ?? 0)
}

export function BeliefFields({ form, disabled }: FieldsProperties) {
  const count = { min: 1, max: 20, allowDecimal: false, disabled }
  return (
    <Stack gap="md">
      <div className={classes.row}>
        <NumberInput
          label="Failures in a row"
          description="Until a region says down."
          {...count}
          {...form.getInputProps('failures_to_down')}
        />
        <NumberInput
          label="Successes in a row"
          description="Until it says up again."
          {...count}
          {...form.getInputProps('successes_to_up')}
        />
        <NumberInput
          label="Regions that agree"
          description="Empty: more than half."
          placeholder="most"
          {...count}
          max={50}
          {...form.getInputProps('quorum')}
        />
      </div>
      <div className={classes.row}>
        <DurationInput
          label="Confirmation"
          description="How long it must last before anybody is told."
          disabled={disabled}
          {...form.getInputProps('confirmation_seconds')}
        />
        <DurationInput
          label="Recovery"
          description="How long it must be over before the incident is resolved."
          disabled={disabled}
          {...form.getInputProps('recovery_seconds')}
        />
      </div>
      <Text size="sm" c="dimmed">
        So it pages at most {formatDuration(pagesAfter(form.values))} after an outage has begun, and sooner where other
        regions agree at once.
      </Text>
    </Stack>
  )
}
