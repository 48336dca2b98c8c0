/** A component on its page: what the public is told of it, since when, why, and what it is made of. */
import { ActionIcon, Menu, UnstyledButton } from '@mantine/core'
import { IconDotsVertical, IconFolder, IconFolderOff, IconPencil, IconSpeakerphone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useMay } from '../../app/organization'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock, Time } from '../../components/Time'
import classes from './ComponentRow.module.css'
import type { Board } from './ComponentsPanel'
import type { Component } from './queries'
import { REASONS } from './words'

function counted(count: number, word: string): string[] {
  return count > 0 ? [count === 1 ? `1 ${word}` : `${count} ${word}s`] : []
}

/** `2 monitors, 1 service`. */
export function madeOf(component: Pick<Component, 'monitor_ids' | 'service_ids'>): string {
  const parts = [
    ...counted(component.monitor_ids.length, 'monitor'),
    ...counted(component.service_ids.length, 'service'),
  ]
  return parts.length > 0 ? parts.join(', ') : 'kept by hand'
}

interface Properties {
  component: Component
  board: Board
  handle: ReactNode
}

export function ComponentRow({ component, board, handle }: Properties) {
  const mayEdit = useMay('admin')
  const told = board.told.get(component.id)
  return (
    <div className={classes.row}>
      {handle}
      <div className={classes.words}>
        {mayEdit ? (
          <UnstyledButton className={classes.name} onClick={() => board.onEdit(component.id)}>
            {component.name}
          </UnstyledButton>
        ) : (
          <span className={classes.name}>{component.name}</span>
        )}
        <div className={classes.facts}>
          <span>{madeOf(component)}</span>
          {component.only_if_degraded && <span>shown only if degraded</span>}
          {told && (
            <span>
              for <Time at={told.since} bare />
              {told.because !== 'nothing' && `, ${REASONS[told.because]}`}
            </span>
          )}
          {component.override?.until && (
            <span>
              until <Clock at={component.override.until} />
            </span>
          )}
          {told?.is_stale && <span className={classes.stale}>its checks are not heard of</span>}
        </div>
      </div>
      <div className={classes.end}>
        {told && <StatusBadge state={told.status} />}
        <Actions component={component} board={board} mayEdit={mayEdit} />
      </div>
    </div>
  )
}

function Actions({ component, board, mayEdit }: { component: Component; board: Board; mayEdit: boolean }) {
  const maySay = useMay('responder')
  const into = board.groups.filter(one => one.id !== component.group_id)
  if (!maySay) return null
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${component.name}`}>
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSpeakerphone size={18} aria-hidden />} onClick={() => board.onSay(component)}>
          Set its status…
        </Menu.Item>
        {mayEdit && (
          <Menu.Item leftSection={<IconPencil size={18} aria-hidden />} onClick={() => board.onEdit(component.id)}>
            Edit…
          </Menu.Item>
        )}
        {mayEdit && (into.length > 0 || component.group_id !== null) && <Menu.Divider />}
        {mayEdit &&
          into.map(group => (
            <Menu.Item
              key={group.id}
              leftSection={<IconFolder size={18} aria-hidden />}
              onClick={() => board.onMoveInto(component, group.id)}
            >
              Move into {group.name}
            </Menu.Item>
          ))}
        {mayEdit && component.group_id !== null && (
          <Menu.Item
            leftSection={<IconFolderOff size={18} aria-hidden />}
            onClick={() => board.onMoveInto(component, null)}
          >
            Move out of its group
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
