/** A team: its members, as leads or not, and who else could be in it. */
import { ActionIcon, Card, Group, NativeSelect, Select, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { meQuery } from '../../app/me'
import { useApi, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyProblem } from '../../components/notices'
import { useWhyNot } from '../../components/WhyNot'
import type { Member } from './MembersPanel'
import classes from './TeamCard.module.css'
import { TeamModal } from './TeamModal'

export type Team = Model<'Team'>
type TeamRole = Model<'TeamRole'>

const TEAM_ROLES = [
  { value: 'member', label: 'Member' },
  { value: 'lead', label: 'Lead' },
]

/** Puts somebody into a team as something, or with null out of it. */
function useSeat(team: Team) {
  const api = useApi()
  const queries = useQueryClient()
  const { userId } = useOrganization()
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: TeamRole | null }) => {
      const path = { team_id: team.id, user_id: id }
      return role
        ? api.put('/v1/teams/{team_id}/members/{user_id}', { path, body: { role } })
        : api.delete('/v1/teams/{team_id}/members/{user_id}', { path })
    },
    onError: notifyProblem,
    onSettled: async (_, __, { id }) => {
      if (id === userId) await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      await queries.invalidateQueries({ queryKey: api.topic('members') })
      await queries.invalidateQueries({ queryKey: api.topic('teams') })
    },
  })
}

export function TeamCard({ team, members }: { team: Team; members: readonly Member[] }) {
  const isLed = useWhyNot('admin', team.id) === null
  const seat = useSeat(team)
  const names = new Map(members.map(one => [one.user_id, one.name]))
  const inside = new Set(team.members.map(one => one.user_id))
  const others = members.filter(one => !inside.has(one.user_id))
  return (
    <Card>
      <Head team={team} isLed={isLed} />
      {team.members.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody is in it yet.
        </Text>
      )}
      <ul className={classes.members} aria-label={`Members of ${team.name}`}>
        {team.members.map(({ user_id: id, role }) => (
          <li key={id} className={classes.member}>
            <span className={classes.name}>{names.get(id) ?? '…'}</span>
            {isLed ? (
              <>
                <NativeSelect
                  size="xs"
                  aria-label={`What ${names.get(id)} is in ${team.name}`}
                  value={role}
                  data={TEAM_ROLES}
                  disabled={seat.isPending}
                  onChange={({ currentTarget }) => seat.mutate({ id, role: currentTarget.value as TeamRole })}
                />
                <Tooltip label="Take out of the team">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Take ${names.get(id)} out of ${team.name}`}
                    onClick={() => seat.mutate({ id, role: null })}
                  >
                    <IconX size={18} />
                  </ActionIcon>
                </Tooltip>
              </>
            ) : (
              role === 'lead' && (
                <Text size="sm" c="dimmed">
                  Lead
                </Text>
              )
            )}
          </li>
        ))}
      </ul>
      {isLed && others.length > 0 && (
        <Select
          mt="sm"
          aria-label={`Add a member to ${team.name}`}
          placeholder="Add a member"
          searchable
          value={null}
          data={others.map(one => ({ value: one.user_id, label: one.name }))}
          onChange={id => id && seat.mutate({ id, role: 'member' })}
        />
      )}
    </Card>
  )
}

function Head({ team, isLed }: { team: Team; isLed: boolean }) {
  const api = useApi()
  const queries = useQueryClient()
  const why = useWhyNot('admin')
  const [isEdited, { open, close }] = useDisclosure(false)
  const end = async () => {
    await api.delete('/v1/teams/{team_id}', { path: { team_id: team.id } })
    await queries.invalidateQueries({ queryKey: api.topic('members') })
    await queries.invalidateQueries({ queryKey: api.topic('teams') })
  }
  return (
    <Group gap="xs" wrap="nowrap" mb="sm">
      <h2 className={classes.title}>{team.name}</h2>
      {isLed && (
        <Tooltip label="Rename">
          <ActionIcon variant="subtle" color="gray" aria-label={`Rename ${team.name}`} onClick={open}>
            <IconPencil size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      {why === null && (
        <ConfirmButton
          size="xs"
          c="red"
          question={`Delete ${team.name.slice(0, 80)}?`}
          consequence="Its members stay in the organization. A team that owns something can’t be deleted: give that to another team first."
          confirm="Delete the team"
          onConfirm={end}
        >
          Delete
        </ConfirmButton>
      )}
      <TeamModal team={team} isOpen={isEdited} onClose={close} />
    </Group>
  )
}
