/** A group on its page, with its components in order. */
import { ActionIcon, Card, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Sortable } from '../../components/Sortable'
import { useWhyNot } from '../../components/WhyNot'
import { ComponentRow } from './ComponentRow'
import type { Board } from './ComponentsPanel'
import classes from './GroupBlock.module.css'
import type { Component, Group } from './queries'

interface Properties {
  group: Group
  components: Component[]
  board: Board
  handle: ReactNode
  onEdit: () => void
  onMove: (from: number, to: number) => void
}

export function GroupBlock({ group, components, board, handle, onEdit, onMove }: Properties) {
  const why = useWhyNot('admin')
  return (
    <Card p={0}>
      <div className={classes.head}>
        {handle}
        <div className={classes.words}>
          <h2 className={classes.name}>{group.name}</h2>
          <span className={classes.facts}>
            {components.length === 1 ? '1 component' : `${components.length} components`}
            {group.is_collapsed && ', closed while all is well'}
          </span>
        </div>
        {why === null && (
          <Tooltip label="Edit the group">
            <ActionIcon variant="subtle" color="gray" aria-label={`Edit the group ${group.name}`} onClick={onEdit}>
              <IconPencil size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {components.length === 0 && <p className={classes.none}>Nothing is in it yet: it isn’t shown.</p>}
      <Sortable
        items={components}
        idOf={one => one.id}
        nameOf={one => one.name}
        label={`Components of ${group.name}`}
        className={classes.list}
        disabled={why !== null}
        onMove={onMove}
      >
        {(one, _, inner) => <ComponentRow component={one} board={board} handle={inner} />}
      </Sortable>
    </Card>
  )
}
