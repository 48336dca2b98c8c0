/** Who was invited, and what became of it. */
import { Button, Card, Group, SegmentedControl } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { useActors } from '../../app/useActors'
import { ConfirmButton } from '../../components/ConfirmButton'
import { Empty } from '../../components/Empty'
import { notifyDone, notifyProblem } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import type { PeopleSearch } from '../../routes/people'
import { ListSkeleton } from '../incidents/ListSkeleton'
import rows from '../services/Rows.module.css'
import { EditInvitationModal } from './EditInvitationModal'
import classes from './InvitationsPanel.module.css'
import { mayChange, roleName } from './roles'

export type Invitation = Model<'Invitation'>

const route = getRouteApi('/o/$org/people')

const VIEWS = { all: 'All', pending: 'Waiting', expired: 'Expired', accepted: 'Accepted', revoked: 'Revoked' }

const LOOKS = {
  pending: { state: 'snoozed', word: 'Waiting' },
  expired: { state: 'paused', word: 'Expired' },
  accepted: { state: 'resolved', word: 'Accepted' },
  revoked: { state: 'paused', word: 'Revoked' },
} as const satisfies Record<Invitation['status'], object>

export function InvitationsPanel() {
  const { status } = route.useSearch()
  const navigate = route.useNavigate()
  const api = useApi()
  const [edited, setEdited] = useState<Invitation>()
  const found = useInfiniteQuery(api.list('/v1/invitations', { query: { status, limit: 50 } }))
  const teams = useQuery({ ...api.get('/v1/teams', { query: { limit: 200 } }), staleTime: 60_000 })
  const names = new Map(teams.data?.items.map(one => [one.id, one.name]))
  const invitations = found.data?.pages.flatMap(page => page.items) ?? []
  const look = (value: string) =>
    void navigate({
      search: { tab: 'invitations', status: value === 'all' ? undefined : (value as PeopleSearch['status']) },
      replace: true,
      resetScroll: false,
    })
  return (
    <>
      <SegmentedControl
        className={classes.views}
        aria-label="Which invitations"
        value={status ?? 'all'}
        onChange={look}
        data={Object.entries(VIEWS).map(([value, label]) => ({ value, label }))}
      />
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {found.data && invitations.length === 0 && (
        <Card p={0}>
          <Empty icon={IconMail} title={status ? 'None here' : 'Nobody has been invited yet'}>
            Nobody should be on call alone. Invite people by their e-mail addresses; they choose a password of their
            own.
          </Empty>
        </Card>
      )}
      {invitations.length > 0 && (
        <Card p={0} component="ul" className={rows.list} aria-busy={found.isPlaceholderData}>
          {invitations.map(one => (
            <Row key={one.id} invitation={one} names={names} onEdit={() => setEdited(one)} />
          ))}
        </Card>
      )}
      {found.hasNextPage && (
        <div className={rows.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <EditInvitationModal invitation={edited} onClose={() => setEdited(undefined)} />
    </>
  )
}

interface RowProperties {
  invitation: Invitation
  names: ReadonlyMap<string, string>
  onEdit: () => void
}

function Row({ invitation, names, onEdit }: RowProperties) {
  const actor = useActors()
  const look = LOOKS[invitation.status]
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <strong>{invitation.email}</strong>
        <div className={rows.facts}>
          <span>{roleName(invitation.role)}</span>
          {invitation.teams.map(one => (
            <span key={one.team_id}>
              {one.role === 'lead' ? `leads ${names.get(one.team_id) ?? '…'}` : (names.get(one.team_id) ?? '…')}
            </span>
          ))}
          <span>
            sent <Time at={invitation.sent_at} /> by {actor(invitation.invited_by)}
          </span>
          {invitation.status === 'pending' && (
            <span>
              ends <Time at={invitation.expires_at} />
            </span>
          )}
        </div>
      </div>
      <StatusBadge state={look.state} word={look.word} plain />
      <Actions invitation={invitation} onEdit={onEdit} />
    </li>
  )
}

function Actions({ invitation, onEdit }: { invitation: Invitation; onEdit: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const { role: own, isDemo } = useOrganization()
  const path = { invitation_id: invitation.id }
  const settled = () => queries.invalidateQueries({ queryKey: api.topic('invitations') })
  const resend = useMutation({
    mutationFn: () => api.post('/v1/invitations/{invitation_id}/resend', { path, body: {} }),
    onSuccess: () => notifyDone('It was sent again; the link before ends.'),
    onError: notifyProblem,
    onSettled: settled,
  })
  const revoke = async () => {
    await api.post('/v1/invitations/{invitation_id}/revoke', { path })
    await settled()
  }
  const waits = invitation.status === 'pending'
  if (isDemo || !mayChange(own, invitation.role) || !(waits || invitation.status === 'expired')) return null
  return (
    <Group gap="xs">
      {waits && (
        <Button size="xs" variant="default" onClick={onEdit}>
          Edit
        </Button>
      )}
      <Button size="xs" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
        Send again
      </Button>
      {waits && (
        <ConfirmButton
          size="xs"
          c="red"
          question={`Revoke the invitation of ${invitation.email}?`}
          consequence="Its link opens nothing from this moment on."
          confirm="Revoke it"
          onConfirm={revoke}
        >
          Revoke
        </ConfirmButton>
      )}
    </Group>
  )
}
