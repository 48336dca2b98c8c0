/** Adds a contact method: an address, or the URL of a channel; a webhook's secret is shown this once. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconKey } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/problem'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { CopyText } from '../../components/CopyText'
import { notifyDone, notifyProblem } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useKept } from '../../components/useKept'
import { useReachChanged } from './access'
import { CHANNELS, type Channel, takesCode } from './channels'
import { SlackHelp } from './SlackHelp'

type Made = Model<'NewContactMethod'>

interface Properties {
  userId: string
  channel: Channel | undefined
  onClose: () => void
}

export function AddMethodModal({ userId, channel, onClose }: Properties) {
  const kept = useKept(channel)
  const [made, setMade] = useState<Made>()
  const close = () => {
    onClose()
    setMade(undefined)
  }
  if (!kept) return null
  return (
    <Modal
      opened={channel !== undefined}
      onClose={close}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      title={made ? `${made.label.slice(0, 80)} is added` : `${CHANNELS[kept].name}: a new contact method`}
    >
      {made ? (
        <Secret made={made} onClose={close} />
      ) : (
        <Editor key={kept} userId={userId} channel={kept} onClose={close} onSecret={setMade} />
      )}
    </Modal>
  )
}

function Secret({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" icon={<IconKey aria-hidden />} title="Copy its secret now">
        It is shown this once. Your receiver checks the signature of every call with it (Standard Webhooks).
      </Alert>
      <CopyText text={made.secret ?? ''} label="signing secret" />
      <Text size="sm" c="dimmed">
        Then send it a test page: once that is answered with 2xx, the contact method is verified.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Stack>
  )
}

type Values = { target: string; label: string }

function Editor({ userId, channel, onClose, onSecret }: Required<Properties> & { onSecret: (made: Made) => void }) {
  const api = useApi()
  const changed = useReachChanged()
  const isAddress = takesCode(channel ?? 'email')
  const form = useForm<Values>({ initialValues: { target: '', label: '' } })
  // the URL of a channel is a secret, which no storage of the browser is to keep
  const kept = useForm<Values>({ initialValues: { target: '', label: '' } })
  const { forget } = useDraft(`contact.${channel}`, isAddress ? form : kept)
  const add = useMutation({
    mutationFn: async ({ target, label }: Values) => {
      const path = { user_id: userId }
      const named = { label: label.trim() || null }
      const body: Model<'EmailMethodInput'> | Model<'SlackMethodInput'> | Model<'WebhookMethodInput'> =
        channel === 'email' || !channel
          ? { channel: 'email', address: target.trim(), ...named }
          : { channel, url: target.trim(), ...named }
      const made = await api.post('/v1/users/{user_id}/contact-methods', { path, body })
      if (isAddress && !made.verified_at)
        await api
          .post('/v1/users/{user_id}/contact-methods/{method_id}/verify', { path: { ...path, method_id: made.id } })
          .catch(notifyProblem)
      return made
    },
    onSuccess: async made => {
      forget()
      if (made.secret) onSecret(made)
      else onClose()
      if (!made.secret)
        notifyDone(isAddress ? `${made.label.slice(0, 80)} is added.` : 'It is added: send it a test page.')
      await changed()
    },
    onError: error => {
      const { address, url, ...errors } = fieldErrors(error)
      form.setErrors({ ...errors, target: address ?? url })
    },
  })
  return (
    <form onSubmit={form.onSubmit(values => add.mutate(values))}>
      <Stack>
        <Text size="sm" c="dimmed">
          {CHANNELS[channel ?? 'email'].about}
          {channel === 'slack' && (
            <>
              {' '}
              <SlackHelp />
            </>
          )}
        </Text>
        <ProblemAlert error={add.error} />
        <TextInput
          label={isAddress ? 'Address' : 'URL'}
          type={isAddress ? 'email' : 'url'}
          placeholder={isAddress ? 'you@example.com' : 'https://…'}
          autoComplete={isAddress ? 'email' : 'off'}
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('target')}
        />
        <TextInput
          label="Label"
          description="What rules and pages call it, as “phone” or “home”."
          placeholder="Optional"
          maxLength={200}
          {...form.getInputProps('label')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            {isAddress ? 'Add it and mail a code' : 'Add it'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
