/** Writes an escalation policy: its name, its steps, and what comes after them. */
import { Button, Card, Group, NumberInput, Select, TextInput, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../app/organization'
import { allZones, zoneName } from '../../app/zones'
import { DurationInput } from '../../components/DurationInput'
import classes from './PolicyEditor.module.css'
import type { PolicyValues, StepValues } from './policyForm'
import { StepList } from './StepList'
import { TargetsInput } from './TargetsInput'
import { useTargets } from './useTargets'

interface Properties {
  form: UseFormReturnType<PolicyValues>
  isNew?: boolean
  disabled?: boolean
  isSaving: boolean
  /** What is shown above: what went wrong, and what is worth knowing. */
  notes: ReactNode
  saveLabel: string
  onSubmit: (values: PolicyValues) => void
  onReset: () => void
}

export function PolicyEditor({ form, isNew, disabled, isSaving, notes, saveLabel, onSubmit, onReset }: Properties) {
  const values = form.getValues()
  return (
    <form className={classes.columns} onSubmit={form.onSubmit(onSubmit)} noValidate>
      <div className={classes.main}>
        {notes}
        <StepList
          steps={values.steps}
          onChange={(steps: StepValues[]) => form.setFieldValue('steps', steps)}
          errors={form.errors}
          zone={values.time_zone}
          disabled={disabled}
        />
        <After form={form} disabled={disabled} />
      </div>
      <aside className={classes.side} aria-label="About the policy">
        <Basics form={form} disabled={disabled} />
      </aside>
      {!disabled && (form.isDirty() || isNew) && (
        <Group className={classes.bar} justify="flex-end">
          <Button variant="default" onClick={onReset}>
            {isNew ? 'Cancel' : 'Discard'}
          </Button>
          <Button type="submit" loading={isSaving}>
            {saveLabel}
          </Button>
        </Group>
      )}
    </form>
  )
}

type PartProperties = Pick<Properties, 'form' | 'disabled'>

function Basics({ form, disabled }: PartProperties) {
  const teams = useQuery({ ...useApi().get('/v1/teams', { query: { limit: 200 } }), staleTime: 60_000 })
  return (
    <Card className={classes.basics}>
      <TextInput label="Name" required maxLength={200} disabled={disabled} {...form.getInputProps('name')} />
      <Select
        label="Team"
        description="Its leads may change the policy."
        clearable
        searchable
        disabled={disabled}
        data={teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        {...form.getInputProps('team_id')}
      />
      <Select
        label="Time zone"
        description="For steps that are only for some hours."
        searchable
        allowDeselect={false}
        limit={100}
        disabled={disabled}
        data={allZones().map(zone => ({ value: zone, label: zoneName(zone) }))}
        {...form.getInputProps('time_zone')}
      />
    </Card>
  )
}

function After({ form, disabled }: PartProperties) {
  const choices = useTargets()
  const { rounds, round_delay_seconds: delay, fallback } = form.getValues()
  const wrong = Object.keys(form.errors).find(path => path.startsWith('fallback'))
  return (
    <Card className={classes.after}>
      <Title order={2} size="h3">
        If nobody answers
      </Title>
      <div className={classes.row}>
        <NumberInput
          label="Repeat the steps"
          min={1}
          max={10}
          allowDecimal={false}
          allowNegative={false}
          disabled={disabled}
          value={rounds}
          error={form.errors.rounds}
          onChange={count => form.setFieldValue('rounds', Number(count) || 1)}
        />
        <DurationInput
          label="Waits after the last step"
          value={delay}
          error={form.errors.round_delay_seconds}
          disabled={disabled}
          onChange={seconds => form.setFieldValue('round_delay_seconds', seconds ?? 0)}
        />
      </div>
      <TargetsInput
        label="Finally page"
        description="After another such wait the organization’s fallback contact is paged; at once if nobody is named here."
        value={fallback}
        choices={choices}
        error={wrong && form.errors[wrong]}
        disabled={disabled}
        onChange={found => form.setFieldValue('fallback', found)}
      />
    </Card>
  )
}
