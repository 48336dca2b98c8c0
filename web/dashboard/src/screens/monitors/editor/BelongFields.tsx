/** What a monitor is called, and what it belongs to. */
import { Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { SEVERITIES } from '../../event-rules/severities'
import { useGroups, useServices, useTeams } from '../queries'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'

export function NameFields({ form, disabled }: FieldsProperties) {
  const services = useServices()
  return (
    <div className={classes.row}>
      <TextInput
        label="Name"
        placeholder="Shop front page"
        required
        withAsterisk={false}
        maxLength={200}
        disabled={disabled}
        {...form.getInputProps('name')}
      />
      <Select
        label="Service"
        description={
          services.isLoaded && services.choices.length === 0 ? 'There is none yet: make one first.' : undefined
        }
        placeholder="Whose incidents it opens"
        searchable
        allowDeselect={false}
        data={services.choices}
        disabled={disabled}
        {...form.getInputProps('service_id')}
      />
      <Select
        className={classes.small}
        label="Severity"
        allowDeselect={false}
        data={SEVERITIES}
        disabled={disabled}
        {...form.getInputProps('severity')}
      />
    </div>
  )
}

export function BelongFields({ form, disabled }: FieldsProperties) {
  const groups = useGroups()
  const teams = useTeams()
  return (
    <Stack gap="md">
      <div className={classes.row}>
        <Select
          label="Group"
          description="That it is shown in."
          placeholder="None"
          clearable
          searchable
          data={groups.choices}
          disabled={disabled}
          {...form.getInputProps('group_id')}
        />
        <Select
          label="Team"
          description="Whose leads may change it too."
          placeholder="None"
          clearable
          searchable
          data={teams.choices}
          disabled={disabled}
          {...form.getInputProps('team_id')}
        />
      </div>
      <TagsInput
        label="Tags"
        description="To find it by, and for event rules."
        disabled={disabled}
        {...form.getInputProps('tags')}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        disabled={disabled}
        {...form.getInputProps('description')}
      />
    </Stack>
  )
}
