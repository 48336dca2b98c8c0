/** The form of a monitor: what is watched, from where, and what it takes to page. */
import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type JSX, useRef, useState } from 'react'
import { fieldErrors, isStale } from '../../../api/problem'
import type { Model } from '../../../api/types'
import { ProblemAlert } from '../../../components/ProblemAlert'
import { StaleAlert } from '../../../components/StaleAlert'
import { useDraft } from '../../../components/useDraft'
import type { Kind, Monitor } from '../words'
import { BeliefFields } from './BeliefFields'
import { BelongFields, NameFields } from './BelongFields'
import { DnsFields } from './DnsFields'
import type { FieldsProperties } from './formType'
import { HeartbeatFields } from './HeartbeatFields'
import { TcpFields, TlsFields } from './HostFields'
import { HttpFields } from './HttpFields'
import { KindPicker } from './KindPicker'
import { SecretFields } from './SecretFields'
import { Section } from './Section'
import { secretsIn, secretsInput, secretsToTry, withSecretsOf } from './secrets'
import { specInput } from './specValues'
import { TryIt } from './TryIt'
import { formPath, inputOf, type MonitorValues } from './values'
import { WhereFields } from './WhereFields'

const FIELDS: Readonly<Record<Kind, (properties: FieldsProperties) => JSX.Element>> = {
  http: HttpFields,
  tls: TlsFields,
  tcp: TcpFields,
  dns: DnsFields,
  heartbeat: HeartbeatFields,
}

const NEEDED = {
  name: (name: string) => (name.trim() ? null : 'It needs a name.'),
  service_id: (id: string | null) => (id ? null : 'Choose the service whose incidents it opens.'),
}

interface Properties {
  /** The one that is changed. */
  monitor?: Monitor
  values: MonitorValues
  draft: string
  why: string | null
  label: string
  /** Saves it, as a change of the version that was read; what it refuses is shown. */
  onSave: (input: Model<'MonitorInput'>, version: number | undefined) => Promise<unknown>
  /** Answers what somebody else has saved. */
  onReload?: () => Promise<MonitorValues>
  onCancel: () => void
}

export function MonitorForm({ monitor, values, draft, why, label, onSave, onReload, onCancel }: Properties) {
  const form = useForm<MonitorValues>({ initialValues: values, validate: NEEDED })
  const place = useRef<HTMLFormElement>(null)
  const { forget, version } = useDraft(draft, form, monitor?.version, withSecretsOf)
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const [error, setError] = useState<unknown>(null)
  const [isSaving, setSaving] = useState(false)
  const kept = monitor?.secret_names ?? []
  const { kind } = form.values
  const names = secretsIn(specInput(form.values))
  const showWrong = () => setTimeout(() => place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  const refuse = (errors: Record<string, string>) => {
    form.setErrors(Object.fromEntries(Object.entries(errors).map(([field, said]) => [formPath(field, kind), said])))
    showWrong()
  }
  const save = async (given: MonitorValues) => {
    setSaving(true)
    setError(null)
    try {
      await onSave(inputOf(given, secretsInput(names, kept, secrets)), version)
      forget()
    } catch (caught) {
      setError(caught)
      refuse(fieldErrors(caught))
    } finally {
      setSaving(false)
    }
  }
  const reload = async () => {
    const theirs = await onReload?.()
    if (!theirs) return
    forget()
    form.setInitialValues(theirs)
    form.setValues(theirs)
    setError(null)
  }
  const asked = (): Model<'MonitorTest'> => ({
    spec: specInput(form.getValues()),
    regions: form.getValues().regions,
    timeout_seconds: Number(form.getValues().timeout_seconds),
    monitor_id: monitor?.id ?? null,
    team_id: form.getValues().team_id,
    secrets: secretsToTry(names, kept, secrets) as Record<string, never>,
  })
  const Fields = FIELDS[kind]
  const rest = { form, disabled: why !== null }
  return (
    <form ref={place} onSubmit={form.onSubmit(given => void save(given), showWrong)} noValidate>
      <Stack>
        {!monitor && <KindPicker kind={kind} onChange={chosen => form.setFieldValue('kind', chosen)} />}
        <Section title={kind === 'heartbeat' ? 'The job' : 'What is checked'}>
          <NameFields {...rest} />
          <Fields {...rest} />
        </Section>
        {names.length > 0 && (
          <Section title="Secrets" about="What stands in double braces is put in by the check, and by nobody else.">
            <SecretFields
              names={names}
              kept={kept}
              typed={secrets}
              errors={Object.fromEntries(names.map(name => [name, String(form.errors[`secrets.${name}`] ?? '')]))}
              disabled={why !== null}
              onType={(name, value) => setSecrets(before => ({ ...before, [name]: value }))}
            />
          </Section>
        )}
        {kind !== 'heartbeat' && (
          <>
            <Section title="From where, how often">
              <WhereFields {...rest} />
            </Section>
            <TryIt asked={asked} onErrors={refuse} why={why} />
            <Section title="When it pages">
              <BeliefFields {...rest} />
            </Section>
          </>
        )}
        <Section title="Where it belongs">
          <BelongFields {...rest} />
        </Section>
        {onReload && <StaleAlert error={error} onReload={() => void reload()} />}
        {!isStale(error) && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              forget()
              onCancel()
            }}
          >
            Cancel
          </Button>
          <Button type="submit" loading={isSaving} disabled={why !== null} title={why ?? undefined}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
