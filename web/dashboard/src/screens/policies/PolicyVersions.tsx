/** What a policy was: its versions with what each changed and by whom; an earlier one can be brought back. */
import { Button, Card, Group, Modal } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { formatInstant, Time } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import versions from '../on-call/ScheduleVersions.module.css'
import { type Policy, stepValues } from './policyForm'
import { StepList } from './StepList'

const route = getRouteApi('/o/$org/policies/$policy')
const PAGE = 20

export function PolicyVersions({ policy }: { policy: Policy }) {
  const api = useApi()
  const path = { policy_id: policy.id }
  const first = api.get('/v1/escalation-policies/{policy_id}/versions', { path, query: { limit: PAGE } })
  const found = useInfiniteQuery({
    queryKey: [...first.queryKey, 'pages'],
    queryFn: ({ pageParam: before, signal }) =>
      api
        .get('/v1/escalation-policies/{policy_id}/versions', { path, query: { limit: PAGE, before } })
        .queryFn({ signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: page => page.next_before ?? undefined,
  })
  const [shown, setShown] = useState<number | null>(null)
  return (
    <>
      <Loaded query={found}>
        {({ pages }) => (
          <Card component="ol" p={0} className={versions.list}>
            {pages
              .flatMap(page => page.items)
              .map(one => (
                <One key={one.version} version={one} onShow={() => setShown(one.version)} />
              ))}
          </Card>
        )}
      </Loaded>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
      <Modal opened={shown !== null} onClose={() => setShown(null)} title={`Version ${shown ?? ''}`} size="lg">
        {shown !== null && <Whole policy={policy} version={shown} />}
      </Modal>
    </>
  )
}

function One({ version, onShow }: { version: Model<'PolicyVersion'>; onShow: () => void }) {
  return (
    <li className={versions.version}>
      <p className={versions.head}>
        <strong>Version {version.version}</strong>
        {version.is_current && <span className={versions.current}>in effect</span>}
        <span className={versions.soft}>
          {version.created_by_name && `by ${version.created_by_name}, `}
          <Time at={version.created_at} />, {formatInstant(version.created_at)}
        </span>
      </p>
      <ul className={versions.layers}>
        {version.changes.map(({ kind, step_id: step, text }) => (
          <li key={`${kind}.${step}.${text}`}>{text}</li>
        ))}
      </ul>
      <Button size="compact-sm" variant="subtle" mt={4} onClick={onShow}>
        See it
      </Button>
    </li>
  )
}

function Whole({ policy, version }: { policy: Policy; version: number }) {
  const path = { policy_id: policy.id, version }
  const found = useQuery(useApi().get('/v1/escalation-policies/{policy_id}/versions/{version}', { path }))
  const navigate = route.useNavigate()
  const why = useWhyNot('admin', policy.team_id)
  return (
    <Loaded query={found}>
      {earlier => (
        <>
          <StepList
            steps={earlier.steps.map(stepValues)}
            onChange={() => undefined}
            errors={{}}
            zone={earlier.time_zone ?? 'UTC'}
            disabled
          />
          {version !== policy.version && (
            <Group justify="flex-end" mt="md">
              <Button
                disabled={why !== null}
                title={why ?? undefined}
                onClick={() => void navigate({ search: { restore: version } })}
              >
                Write it as version {policy.version + 1}
              </Button>
            </Group>
          )}
        </>
      )}
    </Loaded>
  )
}
