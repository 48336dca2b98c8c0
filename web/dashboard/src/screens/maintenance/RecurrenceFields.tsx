/** Whether and how a window repeats. */
import { Chip, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { DAY_WORDS, DAYS, inWords, MONTHLY_CHOICES, type Repeat, ruleOf } from './recurrence'
import type { WindowFormType } from './WindowForm'
import classes from './WindowForm.module.css'

const REPEATS: readonly { value: Repeat; label: string }[] = [
  { value: 'never', label: 'Once' },
  { value: 'DAILY', label: 'Every day' },
  { value: 'WEEKLY', label: 'Every week' },
  { value: 'MONTHLY', label: 'Every month' },
  { value: 'YEARLY', label: 'Every year' },
  { value: 'custom', label: 'By a rule of RFC 5545' },
]

export function RecurrenceFields({ form }: { form: WindowFormType }) {
  const values = form.values.recurrence
  const { repeat } = values
  const rule = ruleOf(values)
  return (
    <Stack gap="sm">
      <Select
        label="Repeats"
        allowDeselect={false}
        data={REPEATS}
        {...form.getInputProps('recurrence.repeat')}
        error={repeat === 'custom' ? undefined : form.errors['recurrence.rule']}
      />
      {repeat === 'WEEKLY' && (
        <Chip.Group multiple value={values.days} onChange={days => form.setFieldValue('recurrence.days', days)}>
          <Group gap="xs" role="group" aria-label="On which days">
            {DAYS.map(day => (
              <Chip key={day} value={day} variant="outline" aria-label={DAY_WORDS[day]}>
                {DAY_WORDS[day].slice(0, 3)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {repeat === 'MONTHLY' && (
        <Select
          label="On"
          placeholder="The same day of the month"
          clearable
          searchable
          data={MONTHLY_CHOICES}
          value={values.monthly || null}
          onChange={found => form.setFieldValue('recurrence.monthly', found ?? '')}
        />
      )}
      {repeat === 'custom' && (
        <TextInput label="Rule" placeholder="FREQ=MONTHLY;BYMONTHDAY=1" {...form.getInputProps('recurrence.rule')} />
      )}
      {repeat !== 'never' && (
        <div className={classes.row}>
          {repeat !== 'custom' && (
            <NumberInput
              label="Every so many"
              min={1}
              max={999}
              allowDecimal={false}
              {...form.getInputProps('recurrence.interval')}
            />
          )}
          {repeat !== 'custom' && (
            <NumberInput
              label="So many times"
              placeholder="without end"
              min={1}
              max={1_000}
              allowDecimal={false}
              {...form.getInputProps('recurrence.count')}
            />
          )}
          <TextInput type="datetime-local" label="Not after" {...form.getInputProps('recurs_until')} />
        </div>
      )}
      {rule && (
        <Text size="sm" c="dimmed">
          So it repeats {inWords(rule)}.
        </Text>
      )}
    </Stack>
  )
}
