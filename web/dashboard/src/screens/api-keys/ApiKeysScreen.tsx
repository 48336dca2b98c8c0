/** API keys: which there are, what each may, when it was used last, and how one is made, replaced and ended. */
import { Button, Card, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconKey, IconLock, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useNow } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import classes from './ApiKeys.module.css'
import { KeyRow } from './KeyRow'
import { type ApiKey, isInForce } from './keys'
import { MadeKeyModal } from './MadeKeyModal'
import { NewKeyModal } from './NewKeyModal'

const route = getRouteApi('/o/$org/api-keys')

export function ApiKeysScreen() {
  const { role, isDemo } = useOrganization()
  const { create } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('responder')
  const [made, setMade] = useState<Model<'NewApiKey'>>()
  const open = (isOpen: boolean) =>
    void navigate({ search: before => ({ ...before, create: isOpen || undefined }), replace: true })
  const button = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={why !== null}
      title={why ?? undefined}
      onClick={() => open(true)}
    >
      New key
    </Button>
  )
  return (
    <Page
      title="API keys"
      description="With a key, a script or the command line acts here without anybody signing in."
      actions={button}
    >
      {role === 'viewer' && !isDemo ? (
        <ForViewers />
      ) : (
        <>
          <WhyNot role="responder" />
          <Keys button={button} onMade={setMade} />
        </>
      )}
      <NewKeyModal isOpen={create === true && why === null} onClose={() => open(false)} onMade={setMade} />
      <MadeKeyModal made={made} onClose={() => setMade(undefined)} />
    </Page>
  )
}

function ForViewers() {
  const { id: org } = useOrganization()
  return (
    <Card p={0}>
      <Empty
        icon={IconLock}
        title="Viewers have no keys"
        action={
          <LinkButton variant="default" to="/o/$org/people" params={{ org }}>
            See who is an admin
          </LinkButton>
        }
      >
        A key may never do more than whoever made it. Responders make keys of their own, admins also the organization’s.
      </Empty>
    </Card>
  )
}

/** All keys there are: they are few, and those that work are to be found among those that ended. */
function useKeys() {
  const found = useInfiniteQuery(useApi().list('/v1/api-keys', { query: { limit: 200 } }))
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = found
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, isError])
  return { found, keys: found.data?.pages.flatMap(page => page.items) ?? [] }
}

interface Properties {
  button: ReactNode
  onMade: (made: Model<'NewApiKey'>) => void
}

function Keys({ button, onMade }: Properties) {
  const { show, key: sought } = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow()
  const { found, keys } = useKeys()
  const working = keys.filter(one => isInForce(one, now))
  const ended = keys.filter(one => !isInForce(one, now))
  const isEnded = sought ? ended.some(one => one.id === sought) : show === 'ended'
  const shown = isEnded ? ended : working
  return (
    <Stack>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {(ended.length > 0 || isEnded) && (
        <SegmentedControl
          className={classes.views}
          aria-label="Which keys"
          value={isEnded ? 'ended' : 'working'}
          onChange={view => void navigate({ search: { show: view === 'ended' ? 'ended' : undefined }, replace: true })}
          data={[
            { value: 'working', label: `Working (${working.length})` },
            { value: 'ended', label: `Ended (${ended.length})` },
          ]}
        />
      )}
      {found.data && keys.length === 0 && <NoKeys button={button} />}
      {keys.length > 0 && shown.length === 0 && (
        <Card>
          <Text c="dimmed">{isEnded ? 'No key has ended.' : 'No key works any more.'}</Text>
        </Card>
      )}
      {shown.length > 0 && <List keys={shown} sought={sought} onMade={onMade} />}
    </Stack>
  )
}

function NoKeys({ button }: { button: ReactNode }) {
  return (
    <Card p={0}>
      <Empty icon={IconKey} title="No keys yet" action={button}>
        Make one for each script: what deploys can open a maintenance window, a chat bot can acknowledge, and each is
        ended without the others noticing. Tools that send events take a routing key instead.
      </Empty>
    </Card>
  )
}

interface ListProperties {
  keys: readonly ApiKey[]
  sought: string | undefined
  onMade: (made: Model<'NewApiKey'>) => void
}

function List({ keys, sought, onMade }: ListProperties) {
  return (
    <Card p={0} component="ul" className={classes.list}>
      {keys.map(one => (
        <KeyRow key={one.id} apiKey={one} isSought={one.id === sought} onMade={onMade} />
      ))}
    </Card>
  )
}
