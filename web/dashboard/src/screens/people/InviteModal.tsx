/** Invites people by mail: one or many at once, in one role; each address is a call, so that one refused holds up no other. */
import { Button, Group, List, Modal, Radio, Select, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describe, fieldErrors, Problem } from '../../api/problem'
import type { Model } from '../../api/types'
import { type Role, useApi, useOrganization } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { addressesIn, grantable, ROLES } from './roles'
import { TeamChoices } from './TeamChoices'

export type InviteValues = {
  addresses: string
  role: Role
  teams: Model<'InvitedTeam'>[]
  expires_in_seconds: string
}

export const EXPIRES = [
  { value: '86400', label: 'For a day' },
  { value: '604800', label: 'For a week' },
  { value: '2592000', label: 'For 30 days' },
]

export function InviteModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Invite people" size="lg">
      <Editor onClose={onClose} />
    </Modal>
  )
}

/** Why an address was refused; the API's own words where ours say no more. */
function reasonOf(error: unknown): string {
  if (error instanceof Problem && error.code === 'invitation_pending')
    return 'was invited already; send it again or change it under Invitations'
  return Object.values(fieldErrors(error))[0] ?? describe(error)
}

/** What became of some addresses: those that were refused, with why. */
interface Sent {
  refused: { address: string; error: unknown }[]
}

function useInvite(onSent: (sent: Sent, count: number) => void) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ addresses, role, teams, expires_in_seconds }: InviteValues): Promise<Sent> => {
      const refused: Sent['refused'] = []
      for (const email of addressesIn(addresses)) {
        const body = { email, role, teams, expires_in_seconds: Number(expires_in_seconds) }
        await api.post('/v1/invitations', { body }).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error
          refused.push({ address: email, error })
        })
      }
      return { refused }
    },
    onSuccess: (sent, { addresses }) => onSent(sent, addressesIn(addresses).length - sent.refused.length),
    onSettled: () => queries.invalidateQueries({ queryKey: api.topic('invitations') }),
  })
}

function Editor({ onClose }: { onClose: () => void }) {
  const { role: own } = useOrganization()
  const form = useForm<InviteValues>({
    initialValues: { addresses: '', role: 'responder', teams: [], expires_in_seconds: '604800' },
    validate: { addresses: typed => (addressesIn(typed).length > 0 ? null : 'name at least one e-mail address') },
  })
  const { forget } = useDraft('invite', form)
  const invite = useInvite(({ refused }, count) => {
    if (count > 0) notifyDone(count === 1 ? 'The invitation is on its way.' : `${count} invitations are on their way.`)
    if (refused.length > 0) {
      form.setFieldValue('addresses', refused.map(one => one.address).join('\n'))
      return
    }
    forget()
    onClose()
  })
  const refused = invite.data?.refused ?? []
  const may = new Set(grantable(own).map(one => one.value))
  return (
    <form onSubmit={form.onSubmit(values => invite.mutate(values))}>
      <Stack>
        <ProblemAlert error={invite.error} />
        {refused.length > 0 && (
          <List size="sm" role="alert" aria-label="Not invited">
            {refused.map(({ address, error }) => (
              <List.Item key={address}>
                <strong>{address}</strong>: {reasonOf(error)}
              </List.Item>
            ))}
          </List>
        )}
        <Textarea
          label="E-mail addresses"
          description="One a line, or with commas between them."
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxRows={8}
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('addresses')}
        />
        <Radio.Group label="Role" {...form.getInputProps('role')}>
          <Stack gap="xs" mt="xs">
            {ROLES.filter(one => may.has(one.value)).map(one => (
              <Radio key={one.value} value={one.value} label={one.label} description={one.may} />
            ))}
          </Stack>
        </Radio.Group>
        <TeamChoices {...form.getInputProps('teams')} />
        <Select
          label="Can be accepted"
          allowDeselect={false}
          data={EXPIRES}
          {...form.getInputProps('expires_in_seconds')}
        />
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              forget()
              onClose()
            }}
          >
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Send the invitations
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
