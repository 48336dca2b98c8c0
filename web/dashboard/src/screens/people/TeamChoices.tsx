/** The teams that somebody joins with an invitation, and as what. */
import { MultiSelect, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'

type Invited = Model<'InvitedTeam'>

interface Properties {
  value?: Invited[]
  error?: ReactNode
  onChange?: (teams: Invited[]) => void
}

export function TeamChoices({ value = [], error, onChange }: Properties) {
  const found = useQuery({ ...useApi().get('/v1/teams', { query: { limit: 200 } }), staleTime: 60_000 })
  const leads = new Set(value.filter(one => one.role === 'lead').map(one => one.team_id))
  const choices = found.data?.items.map(one => ({ value: one.id, label: one.name })) ?? []
  if (choices.length === 0) return null
  return (
    <>
      <MultiSelect
        label="Teams"
        placeholder={value.length > 0 ? undefined : 'None'}
        searchable
        data={choices}
        value={value.map(one => one.team_id)}
        error={error}
        onChange={ids => onChange?.(ids.map(id => ({ team_id: id, role: leads.has(id) ? 'lead' : 'member' })))}
      />
      {value.map(one => (
        <Switch
          key={one.team_id}
          label={`Leads ${choices.find(team => team.value === one.team_id)?.label ?? '…'}`}
          checked={one.role === 'lead'}
          onChange={({ currentTarget }) =>
            onChange?.(
              value.map(team =>
                team.team_id === one.team_id ? { ...team, role: currentTarget.checked ? 'lead' : 'member' } : team,
              ),
            )
          }
        />
      ))}
    </>
  )
}
