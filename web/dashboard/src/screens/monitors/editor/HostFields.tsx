/** What is connected to: for certificates, and for ports. */
import { NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { AssertionsField } from './AssertionsField'
import { CertificateFields, IP_VERSIONS } from './CertificateFields'
import classes from './fields.module.css'
import type { FieldsProperties } from './formType'

interface Properties extends FieldsProperties {
  kind: 'tls' | 'tcp'
}

function Target({ form, disabled, kind }: Properties) {
  const of = (name: string) => ({ disabled, ...form.getInputProps(`specs.${kind}.${name}`) })
  return (
    <div className={classes.row}>
      <TextInput
        className={classes.wide}
        label="Host"
        placeholder={kind === 'tls' ? 'shop.example.com' : 'mail.example.com'}
        required
        withAsterisk={false}
        maxLength={253}
        {...of('host')}
      />
      <NumberInput
        className={classes.small}
        label="Port"
        min={1}
        max={65_535}
        allowDecimal={false}
        thousandSeparator=""
        hideControls
        {...of('port')}
      />
    </div>
  )
}

export function TlsFields({ form, disabled }: FieldsProperties) {
  return (
    <Stack gap="md">
      <Target form={form} disabled={disabled} kind="tls" />
      <CertificateFields form={form} disabled={disabled} kind="tls" />
      <AssertionsField form={form} disabled={disabled} kind="tls" />
      <IpVersion form={form} disabled={disabled} kind="tls" />
    </Stack>
  )
}

export function TcpFields({ form, disabled }: FieldsProperties) {
  const of = (name: string) => ({ disabled, ...form.getInputProps(`specs.tcp.${name}`) })
  return (
    <Stack gap="md">
      <Target form={form} disabled={disabled} kind="tcp" />
      <Switch label="With TLS" disabled={disabled} {...form.getInputProps('specs.tcp.tls', { type: 'checkbox' })} />
      <Textarea
        label="Send"
        description="\r, \n, \t, \\ and \xNN stand for bytes."
        autosize
        minRows={1}
        maxRows={6}
        {...of('send')}
      />
      <TextInput label="Expect" description="An RE2 expression, as ^220 of a mail server." {...of('expect')} />
      <AssertionsField form={form} disabled={disabled} kind="tcp" />
      {form.values.specs.tcp.tls && <CertificateFields form={form} disabled={disabled} kind="tcp" />}
      <IpVersion form={form} disabled={disabled} kind="tcp" />
    </Stack>
  )
}

function IpVersion({ form, disabled, kind }: Properties) {
  return (
    <Select
      label="IP version"
      allowDeselect={false}
      data={IP_VERSIONS}
      maw={220}
      disabled={disabled}
      {...form.getInputProps(`specs.${kind}.ip_version`)}
    />
  )
}
