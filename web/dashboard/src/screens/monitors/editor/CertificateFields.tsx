/** How a certificate is judged, and how early its end is told. */
import { Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import type { FieldsProperties } from './formType'
import { More } from './More'

export const IP_VERSIONS = [
  { value: 'any', label: 'Whichever there is' },
  { value: '4', label: 'IPv4' },
  { value: '6', label: 'IPv6' },
]

export function CertificateFields({ form, disabled, kind }: FieldsProperties & { kind: 'http' | 'tls' | 'tcp' }) {
  const path = `specs.${kind}.certificate`
  return (
    <More summary="Certificate" form={form} paths={[path]} isOpen={kind === 'tls'}>
      <Stack gap="md">
        <TagsInput
          label="Warn so many days before its end"
          description="An alert of its own, of severity warning."
          disabled={disabled}
          {...form.getInputProps(`${path}.warn_days`)}
        />
        <Switch
          label="Judge it: trusted, of the right name, in its time"
          disabled={disabled}
          {...form.getInputProps(`${path}.verify`, { type: 'checkbox' })}
        />
        <TextInput
          label="Name it must have"
          description="If that isn’t the host’s."
          disabled={disabled}
          {...form.getInputProps(`${path}.server_name`)}
        />
      </Stack>
    </More>
  )
}
