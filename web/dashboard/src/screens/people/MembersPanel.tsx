/** The members by name: their roles and teams, and how they come to be members no more. */
import { Button, Card, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Model } from '../../api/types'
import { useApi, useOrganization } from '../../app/organization'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { ListSkeleton } from '../incidents/ListSkeleton'
import { huesOf } from '../on-call/people'
import rows from '../services/Rows.module.css'
import { MemberRow } from './MemberRow'

export type Member = Model<'Member'>

const route = getRouteApi('/o/$org/people')

export function MembersPanel() {
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const { id: org } = useOrganization()
  const { found, members } = useFound(q)
  const hues = huesOf(members.map(one => one.user_id))
  return (
    <>
      <TextInput
        className={rows.search}
        aria-label="Find somebody"
        placeholder="Find somebody"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={q ?? ''}
        onChange={({ currentTarget }) =>
          void navigate({ search: before => ({ ...before, q: currentTarget.value || undefined }), replace: true })
        }
      />
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <ListSkeleton />}
      {members.length > 0 && (
        <Card p={0} component="ul" className={rows.list}>
          {members.map(one => (
            <MemberRow
              key={one.user_id}
              member={one}
              hue={hues.get(one.user_id)}
              heading={
                <LinkAnchor to="/o/$org/people/$user" params={{ org, user: one.user_id }} inherit>
                  {one.name}
                </LinkAnchor>
              }
            />
          ))}
        </Card>
      )}
      {q && found.data && !found.hasNextPage && members.length === 0 && (
        <Card>Nobody’s name or address has “{q}” in it.</Card>
      )}
      {found.hasNextPage && (
        <div className={rows.more}>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

/** Members by name; while somebody is sought, all pages of them. */
function useFound(q: string | undefined) {
  const found = useInfiniteQuery(useApi().list('/v1/members', { query: { limit: 100 } }))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found
  useEffect(() => {
    if (q && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [q, hasNextPage, isFetchingNextPage, fetchNextPage])
  const sought = q?.toLowerCase() ?? ''
  const members = (found.data?.pages.flatMap(page => page.items) ?? []).filter(one =>
    `${one.name} ${one.email}`.toLowerCase().includes(sought),
  )
  return { found, members }
}
