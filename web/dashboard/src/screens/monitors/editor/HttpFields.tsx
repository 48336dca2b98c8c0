/** What is asked over HTTP, and how. */
import { ActionIcon, Button, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { AssertionsField } from './AssertionsField'
import { CertificateFields, IP_VERSIONS } from './CertificateFields'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'
import { More } from './More'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const AUTH = [
  { value: 'none', label: 'Not at all' },
  { value: 'basic', label: 'With user name and password' },
  { value: 'bearer', label: 'With a token' },
]

const HIDDEN = ['headers', 'body', 'auth', 'follow_redirects', 'ip_version'].map(name => `specs.http.${name}`)

export function HttpFields({ form, disabled }: FieldsProperties) {
  const of = (name: string) => ({ disabled, ...form.getInputProps(`specs.http.${name}`) })
  const isSecure = !form.values.specs.http.url.trim().toLowerCase().startsWith('http:')
  return (
    <Stack gap="md">
      <div className={classes.row}>
        <Select className={classes.small} label="Method" data={METHODS} allowDeselect={false} {...of('method')} />
        <TextInput
          className={classes.wide}
          label="URL"
          placeholder="https://shop.example.com/health"
          inputMode="url"
          required
          withAsterisk={false}
          maxLength={2_000}
          {...of('url')}
        />
      </div>
      <AssertionsField form={form} disabled={disabled} kind="http" />
      <More summary="Headers, body, sign-in, redirects" form={form} paths={HIDDEN}>
        <Stack gap="md">
          <Headers form={form} disabled={disabled} />
          <Textarea label="Body" autosize minRows={2} maxRows={10} {...of('body')} />
          <AuthFields form={form} disabled={disabled} />
          <Switch
            label="Follow redirects"
            disabled={disabled}
            {...form.getInputProps('specs.http.follow_redirects', { type: 'checkbox' })}
          />
          <Select label="IP version" allowDeselect={false} data={IP_VERSIONS} maw={220} {...of('ip_version')} />
        </Stack>
      </More>
      {isSecure && <CertificateFields form={form} disabled={disabled} kind="http" />}
    </Stack>
  )
}

function Headers({ form, disabled }: FieldsProperties) {
  const path = 'specs.http.headers'
  const add = () => form.insertListItem(path, { key: randomId(), name: '', value: '' })
  return (
    <div>
      <p className={classes.label}>Headers</p>
      <ul className={classes.items}>
        {form.values.specs.http.headers.map(({ key }, n) => (
          <li key={key} className={classes.pair}>
            <TextInput
              aria-label={`Name of header ${n + 1}`}
              placeholder="X-Api-Key"
              disabled={disabled}
              {...form.getInputProps(`${path}.${n}.name`)}
            />
            <TextInput
              aria-label={`Value of header ${n + 1}`}
              placeholder="{{key}}"
              disabled={disabled}
              {...form.getInputProps(`${path}.${n}.value`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove header ${n + 1}`}
              disabled={disabled}
              onClick={() => form.removeListItem(path, n)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        mt="xs"
        size="sm"
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={disabled}
        onClick={add}
      >
        Add a header
      </Button>
    </div>
  )
}

function AuthFields({ form, disabled }: FieldsProperties) {
  const of = (name: string) => ({ disabled, ...form.getInputProps(`specs.http.auth.${name}`) })
  const { type } = form.values.specs.http.auth
  return (
    <div className={classes.row}>
      <Select label="Sign in" allowDeselect={false} data={AUTH} {...of('type')} />
      {type === 'basic' && <TextInput label="User name" autoComplete="off" {...of('username')} />}
      {type === 'basic' && (
        <TextInput label="Password" description="As a secret, {{password}}; its value is below." {...of('password')} />
      )}
      {type === 'bearer' && (
        <TextInput label="Token" description="As a secret, {{token}}; its value is below." {...of('token')} />
      )}
    </div>
  )
}
