/** Which record is asked for, and what has to come back. */
import { Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { AssertionsField } from './AssertionsField'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'

const TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT']
const MATCHES = [
  { value: 'all', label: 'All of these are among them' },
  { value: 'any', label: 'One of these is among them' },
  { value: 'exactly', label: 'They are exactly these' },
]

export function DnsFields({ form, disabled }: FieldsProperties) {
  const of = (name: string) => ({ disabled, ...form.getInputProps(`specs.dns.${name}`) })
  return (
    <Stack gap="md">
      <div className={classes.row}>
        <Select className={classes.small} label="Record" data={TYPES} allowDeselect={false} {...of('record_type')} />
        <TextInput
          className={classes.wide}
          label="Name"
          placeholder="shop.example.com"
          required
          withAsterisk={false}
          maxLength={253}
          {...of('name')}
        />
      </div>
      <TagsInput
        label="Expected values"
        description="As in a zone file. Without any, it is well when there is such a record."
        {...of('expect')}
      />
      {form.values.specs.dns.expect.length > 0 && (
        <Select label="Of the records that come" data={MATCHES} allowDeselect={false} maw={320} {...of('match')} />
      )}
      <TextInput
        label="Resolver"
        description="A name or address, with :port where it isn’t 53. Empty: the region’s own."
        {...of('resolver')}
      />
      <AssertionsField form={form} disabled={disabled} kind="dns" />
    </Stack>
  )
}
