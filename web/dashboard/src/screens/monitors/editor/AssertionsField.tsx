/** What has to hold of an answer. */
import { ActionIcon, Button, Menu, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type AssertionType, type AssertionValues, comparisonsOf, newAssertion, takesValue } from './assertions'
import classes from './fields.module.css'
import type { FieldsProperties, MonitorForm } from './formType'

const TYPES: readonly { value: AssertionType; label: string }[] = [
  { value: 'status', label: 'Status' },
  { value: 'body', label: 'Body' },
  { value: 'json', label: 'JSON' },
  { value: 'header', label: 'Header' },
  { value: 'latency', label: 'Speed' },
]
const PARTS = [
  { value: 'total', label: 'Everything' },
  { value: 'dns', label: 'Looking the name up' },
  { value: 'connect', label: 'Connecting' },
  { value: 'tls', label: 'TLS' },
  { value: 'first_byte', label: 'First byte' },
]
const OTHERWISE = [
  { value: 'degraded', label: 'it is degraded' },
  { value: 'down', label: 'it is down, and pages' },
]

interface Properties extends FieldsProperties {
  kind: 'http' | 'tls' | 'tcp' | 'dns'
}

/** Of kinds other than HTTP there are only those on speed. */
export function AssertionsField({ form, disabled, kind }: Properties) {
  const path = `specs.${kind}.assertions`
  const items = form.values.specs[kind].assertions
  const add = (type: AssertionType) => form.insertListItem(path, newAssertion(type))
  return (
    <div>
      <p className={classes.label}>Healthy when</p>
      <ul className={classes.items}>
        {items.map((item, n) => (
          <li key={item.key} className={classes.item}>
            <div className={classes.row}>
              <Fields form={form} disabled={disabled} path={`${path}.${n}`} item={item} />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove assertion ${n + 1}`}
              disabled={disabled}
              onClick={() => form.removeListItem(path, n)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {kind === 'http' ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              mt="xs"
              size="sm"
              variant="default"
              leftSection={<IconPlus size={18} aria-hidden />}
              disabled={disabled}
            >
              Add an assertion
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {TYPES.map(({ value, label }) => (
              <Menu.Item key={value} onClick={() => add(value)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button
          mt="xs"
          size="sm"
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          disabled={disabled}
          onClick={() => add('latency')}
        >
          Add a limit of time
        </Button>
      )}
    </div>
  )
}

interface ItemProperties {
  form: MonitorForm
  disabled?: boolean
  path: string
  item: AssertionValues
}

function Fields({ item, ...rest }: ItemProperties) {
  if (item.type === 'status') return <StatusFields {...rest} />
  if (item.type === 'latency') return <LatencyFields {...rest} />
  return <ComparedFields item={item} {...rest} />
}

function StatusFields({ form, disabled, path }: Omit<ItemProperties, 'item'>) {
  return (
    <TagsInput
      className={classes.wide}
      label="The status is one of"
      description="As 200, 2xx or 200-299."
      disabled={disabled}
      {...form.getInputProps(`${path}.codes`)}
    />
  )
}

function LatencyFields({ form, disabled, path }: Omit<ItemProperties, 'item'>) {
  return (
    <>
      <Select
        label="This"
        allowDeselect={false}
        data={PARTS}
        disabled={disabled}
        {...form.getInputProps(`${path}.part`)}
      />
      <NumberInput
        label="takes less than"
        suffix=" ms"
        min={1}
        max={60_000}
        allowDecimal={false}
        hideControls
        disabled={disabled}
        {...form.getInputProps(`${path}.less_than_ms`)}
      />
      <Select
        label="otherwise"
        allowDeselect={false}
        data={OTHERWISE}
        disabled={disabled}
        {...form.getInputProps(`${path}.otherwise`)}
      />
    </>
  )
}

function ComparedFields({ form, disabled, path, item }: ItemProperties) {
  const isText = item.type === 'body'
  return (
    <>
      {item.type === 'header' && (
        <TextInput label="The header" disabled={disabled} maxLength={200} {...form.getInputProps(`${path}.name`)} />
      )}
      {item.type === 'json' && (
        <TextInput label="In JSON, what is at" disabled={disabled} {...form.getInputProps(`${path}.path`)} />
      )}
      <Select
        label={isText ? 'The body' : 'how'}
        allowDeselect={false}
        data={comparisonsOf(item.type)}
        disabled={disabled}
        {...form.getInputProps(`${path}.comparison`)}
      />
      {takesValue(item.comparison) && (
        <TextInput label="what" disabled={disabled} {...form.getInputProps(`${path}.value`)} />
      )}
    </>
  )
}
