/** How somebody is reached: contact methods, each proven, tried, switched off or removed. */
import { Button, Card, Group, Menu, Text } from '@mantine/core'
import { IconAddressBook, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { AddMethodModal } from './AddMethodModal'
import { reachQueries, useWhyNotReach } from './access'
import classes from './ContactsPanel.module.css'
import { CHANNEL_NAMES, CHANNELS, type Channel } from './channels'
import { MethodRow } from './MethodRow'

interface Properties {
  userId: string
  /** The channel of which one is being added. */
  added: Channel | undefined
  onAdd: (channel: Channel | undefined) => void
}

export function ContactsPanel({ userId, added, onAdd }: Properties) {
  const found = useQuery(reachQueries(useApi(), userId).methods)
  const why = useWhyNotReach(userId)
  const isMe = useOrganization().userId === userId
  const add = <AddMenu why={why} onAdd={onAdd} />
  return (
    <>
      <Loaded query={found} skeleton={<ListSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <Card p={0}>
              <Empty
                icon={IconAddressBook}
                title={isMe ? 'Nothing reaches you yet' : 'Nothing reaches them yet'}
                action={add}
              >
                A contact method is one way to be paged: a mail address, Slack, a webhook. Have two that don’t fail
                together.
              </Empty>
            </Card>
          ) : (
            <>
              <Group justify="space-between" mb="sm">
                <Text size="sm" c="dimmed" className={classes.intro}>
                  Pages go to these, in the order that the rules say.
                </Text>
                {add}
              </Group>
              <Card p={0} component="ul" className={classes.list} aria-label="Contact methods">
                {items.map(one => (
                  <MethodRow key={one.id} method={one} isLast={items.every(({ id }) => id === one.id)} />
                ))}
              </Card>
            </>
          )
        }
      </Loaded>
      <AddMethodModal userId={userId} channel={why === null ? added : undefined} onClose={() => onAdd(undefined)} />
    </>
  )
}

function AddMenu({ why, onAdd }: { why: string | null; onAdd: (channel: Channel) => void }) {
  return (
    <Menu width={280}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={why !== null} title={why ?? undefined}>
          Add a contact method
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHANNEL_NAMES.map(one => {
          const { icon: Icon, name } = CHANNELS[one]
          return (
            <Menu.Item key={one} leftSection={<Icon size={18} aria-hidden />} onClick={() => onAdd(one)}>
              {name}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
