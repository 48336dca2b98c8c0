/** The fields of a page but for how it looks. */
import { Checkbox, Radio, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { allZones } from '../../app/zones'
import type { SettingValues } from './pageValues'
import type { StatusPage } from './queries'
import { AUTOMATIC, CHANNELS } from './words'

interface Properties {
  form: UseFormReturnType<SettingValues>
  page: StatusPage
  disabled: boolean
}

export function SettingFields({ form, page, disabled }: Properties) {
  return (
    <Stack>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={120}
        disabled={disabled}
        {...form.getInputProps('name')}
      />
      <TextInput
        label="Address"
        description={
          form.values.slug === page.slug
            ? 'What the page’s address ends with.'
            : `Links to “${page.slug}” end, and so do feeds and badges: tell who uses them.`
        }
        required
        withAsterisk={false}
        maxLength={63}
        autoCapitalize="none"
        spellCheck={false}
        disabled={disabled}
        {...form.getInputProps('slug')}
      />
      <Textarea
        label="Description"
        description="Shown below the name."
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        disabled={disabled}
        {...form.getInputProps('description')}
      />
      <Select
        label="Time zone"
        description="Whose days its bars are."
        searchable
        allowDeselect={false}
        disabled={disabled}
        data={allZones()}
        {...form.getInputProps('time_zone')}
      />
      <Radio.Group label="What monitors and incidents do to it by themselves" {...form.getInputProps('automatic')}>
        <Stack gap="xs" mt="xs">
          {AUTOMATIC.map(one => (
            <Radio key={one.value} disabled={disabled} {...one} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox.Group label="How people can subscribe" {...form.getInputProps('subscribe_channels')}>
        <Stack gap="xs" mt="xs">
          {Object.entries(CHANNELS).map(([value, label]) => (
            <Checkbox key={value} disabled={disabled} value={value} label={label} />
          ))}
        </Stack>
        <Text size="xs" c="dimmed" mt="xs">
          Without any, the page takes no subscribers.
        </Text>
      </Checkbox.Group>
      <TextInput
        label="Your website"
        placeholder="https://"
        type="url"
        disabled={disabled}
        {...form.getInputProps('home_url')}
      />
      <TextInput
        label="Where people get help"
        placeholder="https://"
        type="url"
        disabled={disabled}
        {...form.getInputProps('support_url')}
      />
      <Switch
        label="Search engines may list it"
        disabled={disabled}
        {...form.getInputProps('is_indexed', { type: 'checkbox' })}
      />
    </Stack>
  )
}
