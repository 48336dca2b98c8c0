/** Who takes turns in a layer, in their order; nobody may have a turn too. */
import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useApi } from '../../app/organization'
import { Sortable } from '../../components/Sortable'
import { NOBODY } from './overrideForm'
import classes from './ParticipantList.module.css'
import { PersonMark } from './PersonMark'
import { huesOf } from './people'
import { membersQuery } from './queries'
import { type Participant, participant, reordered } from './scheduleForm'

interface Properties {
  participants: readonly Participant[]
  onChange: (participants: Participant[]) => void
  errorOf: (path: string) => ReactNode
  disabled?: boolean
}

export function ParticipantList({ participants, onChange, errorOf, disabled }: Properties) {
  const members = useQuery(membersQuery(useApi()))
  const names = new Map(members.data?.items.map(one => [one.user_id, one.name]))
  const [search, setSearch] = useState('')
  const hues = huesOf(participants.map(one => one.user_id))
  const nameOf = ({ user_id: id }: Participant) =>
    id === null ? 'Nobody: the layers below show' : (names.get(id) ?? 'Somebody who has left')
  return (
    <fieldset className={classes.set}>
      <legend>People, in the order of their turns</legend>
      <Sortable
        items={participants}
        idOf={one => one.key}
        nameOf={nameOf}
        label="Participants"
        disabled={disabled || participants.length < 2}
        className={classes.list}
        onMove={(from, to) => onChange(reordered(participants, from, to))}
      >
        {(one, index, handle) => (
          <div className={classes.person}>
            {handle}
            <PersonMark
              size="small"
              name={one.user_id === null ? null : nameOf(one)}
              hue={one.user_id ? hues.get(one.user_id) : undefined}
            />
            <span className={classes.name}>
              {nameOf(one)}
              {errorOf(`participants.${index}`) && (
                <span className={classes.error} role="alert">
                  {' '}
                  {errorOf(`participants.${index}`)}
                </span>
              )}
            </span>
            {!disabled && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take ${nameOf(one)} out`}
                onClick={() => onChange(participants.filter(other => other.key !== one.key))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </div>
        )}
      </Sortable>
      <Select
        aria-label="Add somebody"
        placeholder="Add somebody…"
        searchable
        disabled={disabled}
        error={errorOf('participants')}
        value={null}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={id => {
          setSearch('')
          if (id) onChange([...participants, participant(id === NOBODY ? null : id)])
        }}
        data={[
          ...(members.data?.items ?? []).map(({ user_id: value, name: label }) => ({ value, label })),
          { value: NOBODY, label: 'Nobody (a turn in which the layers below show)' },
        ]}
      />
    </fieldset>
  )
}
