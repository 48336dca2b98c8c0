/** The fields of a service. */
import { Select, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { DurationInput } from '../../components/DurationInput'
import { type ServiceValues, URGENCIES } from './serviceValues'
import { usePolicies, useTeams } from './useNames'

interface Properties {
  form: UseFormReturnType<ServiceValues>
  disabled?: boolean
}

/** What every service needs. */
export function MainFields({ form, disabled }: Properties) {
  const policies = usePolicies()
  const teams = useTeams()
  return (
    <Stack>
      <TextInput
        label="Name"
        description="What people know it by, as “checkout” or “backups”."
        required
        withAsterisk={false}
        maxLength={200}
        disabled={disabled}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label="Escalation policy"
        description="Who is paged for its incidents. Without one, only the organization’s fallback contact is."
        placeholder="None"
        clearable
        searchable
        disabled={disabled}
        data={policies.choices}
        {...form.getInputProps('policy_id')}
      />
      <Select
        label="Team"
        description="Leads of the team that owns it may change its rules and dependencies."
        placeholder="None"
        clearable
        searchable
        disabled={disabled}
        data={teams.choices}
        {...form.getInputProps('team_id')}
      />
    </Stack>
  )
}

/** What has a value that does for most. */
export function MoreFields({ form, disabled }: Properties) {
  return (
    <Stack>
      <Select
        label="Urgency"
        description="Chooses by which notification rules people are paged."
        allowDeselect={false}
        disabled={disabled}
        data={URGENCIES}
        {...form.getInputProps('urgency')}
      />
      <TextInput
        label="Runbook"
        description="An address that is shown with each of its incidents."
        placeholder="https://"
        type="url"
        disabled={disabled}
        {...form.getInputProps('runbook_url')}
      />
      <DurationInput
        label="Page again after an acknowledgement"
        description="If nobody has resolved it by then. Empty: never."
        disabled={disabled}
        {...form.getInputProps('acknowledgement_timeout_seconds')}
      />
      <DurationInput
        label="Resolve by itself"
        description="So long after the last event of an incident. Empty: never."
        unit="h"
        disabled={disabled}
        {...form.getInputProps('auto_resolve_seconds')}
      />
      <DurationInput
        label="Open the same incident again"
        description="When the problem comes back so soon after it was resolved. Empty: always a new one."
        disabled={disabled}
        {...form.getInputProps('reopen_window_seconds')}
      />
    </Stack>
  )
}
