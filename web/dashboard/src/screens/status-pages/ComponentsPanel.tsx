/** The components of a page in their order: each with what the public is told of it, and why. */
import { Button, Card, Group as Row } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconPuzzle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Sortable } from '../../components/Sortable'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { blocksOf, idOf, moved, movedInto, movedWithin, nameOf } from './arranging'
import { ComponentModal } from './ComponentModal'
import { ComponentRow } from './ComponentRow'
import classes from './ComponentsPanel.module.css'
import { GroupBlock } from './GroupBlock'
import { GroupModal } from './GroupModal'
import { OverrideModal } from './OverrideModal'
import { type Component, pageQueries, type StatusPage } from './queries'
import { useOrder } from './useOrder'

const route = getRouteApi('/o/$org/status-pages/$page')

/** What rows need of the panel. */
export interface Board {
  told: ReadonlyMap<string, Model<'ComponentTold'>>
  groups: readonly Model<'ComponentGroup'>[]
  onEdit: (id: string) => void
  onSay: (component: Component) => void
  onMoveInto: (component: Component, group: string | null) => void
}

export function ComponentsPanel({ page }: { page: StatusPage }) {
  const { component, group } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const { found, components, groups, told, error } = useBoard(page)
  const order = useOrder(page.id)
  const [said, setSaid] = useState<Component>()
  const edit = (what: { component?: string; group?: string }) => void navigate({ search: what, resetScroll: false })
  const blocks = blocksOf({ groups, components })
  const board: Board = {
    told,
    groups,
    onEdit: id => edit({ component: id }),
    onSay: setSaid,
    onMoveInto: (one, into) => order(movedInto(blocks, one, into)),
  }
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={why !== null}
      onClick={() => edit({ component: 'new' })}
    >
      Add a component
    </Button>
  )
  return (
    <>
      <WhyNot role="admin" />
      <ProblemAlert error={error} />
      {!found && !error && <ListSkeleton />}
      {found && blocks.length === 0 && (
        <Card p={0}>
          <Empty icon={IconPuzzle} title="What do people use of yours?" action={add}>
            List the parts they know, as “Shop” or “Sign-in”, and what each is made of: its status then follows your
            monitors and services, or what you say by hand.
          </Empty>
        </Card>
      )}
      {blocks.length > 0 && (
        <>
          <Row gap="xs" mb="md">
            {add}
            <Button
              variant="default"
              leftSection={<IconFolderPlus size={18} aria-hidden />}
              disabled={why !== null}
              onClick={() => edit({ group: 'new' })}
            >
              Add a group
            </Button>
          </Row>
          <Sortable
            items={blocks}
            idOf={idOf}
            nameOf={nameOf}
            label="Components and groups"
            className={classes.blocks}
            disabled={why !== null}
            onMove={(from, to) => order(moved(blocks, from, to))}
          >
            {(block, _, handle) =>
              block.group ? (
                <GroupBlock
                  group={block.group}
                  components={block.components}
                  board={board}
                  handle={handle}
                  onEdit={() => edit({ group: block.group.id })}
                  onMove={(from, to) => order(movedWithin(blocks, block.group.id, from, to))}
                />
              ) : (
                <Card p={0}>
                  <ComponentRow component={block.components[0]} board={board} handle={handle} />
                </Card>
              )
            }
          </Sortable>
        </>
      )}
      {found && (
        <>
          <ComponentModal page={page} id={component} components={components} groups={groups} onClose={() => edit({})} />
          <GroupModal page={page} id={group} groups={groups} onClose={() => edit({})} />
        </>
      )}
      <OverrideModal page={page} component={said} onClose={() => setSaid(undefined)} />
    </>
  )
}

function useBoard(page: StatusPage) {
  const asked = pageQueries(useApi(), page.id)
  const components = useQuery(asked.components)
  const groups = useQuery(asked.groups)
  const told = useQuery(asked.told)
  return {
    found: Boolean(components.data && groups.data),
    components: components.data?.items ?? [],
    groups: groups.data?.items ?? [],
    told: new Map(told.data?.components.map(one => [one.id, one])),
    error: components.error ?? groups.error ?? told.error,
  }
}
