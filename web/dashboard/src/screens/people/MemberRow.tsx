/** A member: who, in which teams, in which role. */
import { Badge, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { meQuery } from '../../app/me'
import { type Role, useApi, useMay, useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone, notifyProblem } from '../../components/notices'
import { PersonMark } from '../on-call/PersonMark'
import rows from '../services/Rows.module.css'
import classes from './MemberRow.module.css'
import type { Member } from './MembersPanel'
import { grantable, mayChange, roleName } from './roles'

interface Properties {
  member: Member
  hue: number | undefined
  /** In place of the name, as a link that holds it. */
  heading?: ReactNode
}

export function MemberRow({ member, hue, heading = member.name }: Properties) {
  const { role: own, userId } = useOrganization()
  const isAdmin = useMay('admin')
  const may = isAdmin && mayChange(own, member.role)
  const isMe = member.user_id === userId
  return (
    <li className={classes.row}>
      <PersonMark name={member.name} hue={hue} />
      <div className={classes.words}>
        <span className={classes.name}>
          {heading}
          {isMe && <Badge color="gray">You</Badge>}
        </span>
        <div className={rows.facts}>
          <span>{member.email}</span>
          {member.teams.map(team => (
            <span key={team.team_id}>{team.role === 'lead' ? `leads ${team.name}` : team.name}</span>
          ))}
        </div>
      </div>
      <div className={classes.end}>
        {may ? <RoleChoice member={member} isMe={isMe} /> : <Badge color="gray">{roleName(member.role)}</Badge>}
        {may && !isMe && <RemoveButton member={member} />}
      </div>
    </li>
  )
}

function RoleChoice({ member, isMe }: { member: Member; isMe: boolean }) {
  const api = useApi()
  const queries = useQueryClient()
  const { role: own } = useOrganization()
  const change = useMutation({
    mutationFn: (role: Role) =>
      api.patch('/v1/members/{user_id}', {
        path: { user_id: member.user_id },
        body: { role },
        version: member.version,
      }),
    onSuccess: made => notifyDone(`${made.name} is ${roleName(made.role).toLowerCase()} from now on.`),
    onError: notifyProblem,
    onSettled: async () => {
      if (isMe) await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      await queries.invalidateQueries({ queryKey: api.topic('members') })
    },
  })
  return (
    <NativeSelect
      aria-label={`Role of ${member.name}`}
      className={classes.role}
      value={change.isPending ? change.variables : member.role}
      disabled={change.isPending}
      data={grantable(own)}
      onChange={({ currentTarget }) => change.mutate(currentTarget.value as Role)}
    />
  )
}

function RemoveButton({ member }: { member: Member }) {
  const api = useApi()
  const queries = useQueryClient()
  const remove = async () => {
    const { policies } = await api.delete('/v1/members/{user_id}', {
      path: { user_id: member.user_id },
      version: member.version,
    })
    const named =
      policies.length > 0 ? ` These policies named them, and page their other targets: ${policies.join(', ')}.` : ''
    notifyDone(`${member.name} is no member any more.${named}`)
    await queries.invalidateQueries({ queryKey: [api.organization] })
  }
  return (
    <ConfirmButton
      size="sm"
      c="red"
      question={`Remove ${member.name.slice(0, 80)}?`}
      consequence="They see nothing here from this moment on, their personal API keys end, and they leave its teams. Policies and schedules that name them page nobody in their place. What they did stays in the log."
      confirm="Remove them"
      onConfirm={remove}
    >
      Remove
    </ConfirmButton>
  )
}
