/** Adds a channel or webhook, or changes one; a webhook's secret is shown this once. */
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconKey } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { CopyText } from '../../components/CopyText'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useDraft } from '../../components/useDraft'
import { useKept } from '../../components/useKept'
import { CHANNELS } from '../me/channels'
import { SlackHelp } from '../me/SlackHelp'
import { useTeams } from '../services/useNames'
import { ABOUT, type Destination, type Kind } from './destinations'

type Made = Model<'NewDestination'>

interface Properties {
  /** The kind of which one is being added. */
  kind: Kind | undefined
  /** The one that is being changed. */
  edited: Destination | undefined
  onClose: () => void
}

export function DestinationModal({ kind, edited, onClose }: Properties) {
  const [made, setMade] = useState<Made>()
  const shown = useKept(edited ?? kind)
  const close = () => {
    onClose()
    setMade(undefined)
  }
  if (!shown) return null
  const before = typeof shown === 'string' ? undefined : shown
  const channel = typeof shown === 'string' ? shown : shown.channel
  const title = before ? `Change ${before.name.slice(0, 80)}` : `${CHANNELS[channel].name}: a new destination`
  return (
    <Modal
      opened={(kind ?? edited) !== undefined}
      onClose={close}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      title={made ? `Copy the secret of ${made.name.slice(0, 80)}` : title}
    >
      {made ? (
        <Secret made={made} onClose={close} />
      ) : (
        <Editor key={before?.id ?? channel} channel={channel} before={before} onClose={close} onSecret={setMade} />
      )}
    </Modal>
  )
}

function Secret({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" icon={<IconKey aria-hidden />} title="It is shown this once">
        Your receiver checks the signature of every call with it (Standard Webhooks). Then send it a test page.
      </Alert>
      <CopyText text={made.secret ?? ''} label="signing secret" />
      <Group justify="flex-end">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Stack>
  )
}

type Values = { name: string; team_id: string | null; url: string }

interface EditorProperties {
  channel: Kind
  before: Destination | undefined
  onClose: () => void
  onSecret: (made: Made) => void
}

/** The URL is a secret, which no storage of the browser is to keep. */
const withoutUrl = (values: Values, others: Values | null): Values => ({ ...values, url: others?.url ?? '' })

function Editor({ channel, before, onClose, onSecret }: EditorProperties) {
  const teams = useTeams().choices
  const { form, save, version, cancel, reload } = useEditor({ channel, before, onClose, onSecret })
  return (
    <form onSubmit={form.onSubmit(values => save.mutate({ values, version }))}>
      <Stack>
        {!before && (
          <Text size="sm" c="dimmed">
            {ABOUT[channel]}
            {channel === 'slack' && (
              <>
                {' '}
                <SlackHelp />
              </>
            )}
          </Text>
        )}
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <TextInput
          label="Name"
          placeholder="#payments-incidents"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={before ? 'New URL' : 'URL'}
          description={before && urlWords(before)}
          type="url"
          placeholder={channel === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://…'}
          autoComplete="off"
          required={!before}
          withAsterisk={false}
          {...form.getInputProps('url')}
        />
        <Select
          label="Team"
          description="Its leads may change it."
          placeholder="None"
          clearable
          searchable
          data={teams}
          {...form.getInputProps('team_id')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={before && !form.isDirty()}>
            {before ? 'Save' : 'Add it'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function urlWords({ channel, disabled_at: disabledAt }: Destination): string {
  const secret = channel === 'webhook' ? ' A new one comes with a new signing secret.' : ''
  return disabledAt
    ? `Given anew, it is switched on again.${secret}`
    : `Empty: it stays as it is, which nobody can read again.${secret}`
}

function useEditor({ channel, before, onClose, onSecret }: EditorProperties) {
  const { teams } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const isAdmin = useMay('admin')
  const [shown, setShown] = useState(before)
  const ownTeam = (!isAdmin && teams.find(team => team.role === 'lead')?.id) || null
  const form = useForm<Values>({
    initialValues: { name: before?.name ?? '', team_id: before ? before.team_id : ownTeam, url: '' },
  })
  const { forget, version } = useDraft(`destination.${before?.id ?? channel}`, form, shown?.version, withoutUrl)
  const save = useMutation({
    mutationFn: ({ values, version: read }: { values: Values; version: number | undefined }) => {
      const { name, team_id } = values
      const url = values.url.trim()
      if (!before) return api.post('/v1/destinations', { body: { channel, name, team_id, url } })
      const body = { name, team_id, ...(url && { url }) }
      return api.patch('/v1/destinations/{destination_id}', {
        path: { destination_id: before.id },
        body,
        version: read ?? before.version,
      })
    },
    onSuccess: async made => {
      forget()
      if (made.secret) onSecret(made)
      else {
        onClose()
        notifyDone(before ? 'Saved.' : 'It is added: send it a test page, and name it in a policy.')
      }
      await queries.invalidateQueries({ queryKey: api.topic('destinations') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const cancel = () => {
    forget()
    onClose()
  }
  const reload = async () => {
    if (!before) return
    const path = { destination_id: before.id }
    const theirs = await queries.fetchQuery({ ...api.get('/v1/destinations/{destination_id}', { path }), staleTime: 0 })
    forget()
    setShown(theirs)
    const values = { name: theirs.name, team_id: theirs.team_id, url: '' }
    form.setInitialValues(values)
    form.setValues(values)
    save.reset()
  }
  return { form, save, version, cancel, reload }
}
