/** All that is wrong with how one would be paged, worst first: what, why, and where it is mended. */
import { Button, Card, SegmentedControl, Text } from '@mantine/core'
import { IconChevronRight, IconRefresh, IconShieldCheck } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useOrganization } from '../../app/organization'
import { type Finding, useLint } from '../../app/useLint'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { remedyPlace } from '../../components/remedies'
import { type State, StatusBadge } from '../../components/StatusBadge'
import { Time } from '../../components/Time'
import type { FindingsFilter } from '../../routes/access'
import { ListSkeleton } from '../incidents/ListSkeleton'
import classes from './FindingsScreen.module.css'

type Level = Finding['level']

const route = getRouteApi('/o/$org/findings')

const LEVELS: readonly { value: Level; state: State; title: string; means: string }[] = [
  { value: 'error', state: 'error', title: 'Pages will be lost', means: 'Mend these first: somebody is not reached.' },
  {
    value: 'warning',
    state: 'warning',
    title: 'Pages may be lost',
    means: 'At some hours, or when one more thing fails.',
  },
  { value: 'info', state: 'info', title: 'Left over', means: 'Nothing is lost by these; they are easy to forget.' },
]

const KINDS: Readonly<Record<string, string>> = {
  service: 'Service',
  escalation_policy: 'Escalation policy',
  escalation_step: 'Step',
  user: 'Person',
  schedule: 'Schedule',
  event_rule: 'Event rule',
  routing_key: 'Routing key',
  monitor: 'Monitor',
}

export function FindingsScreen() {
  const found = useLint()
  const { refetch, isFetching } = found
  useEffect(() => {
    void refetch({ cancelRefetch: false })
  }, [refetch])
  return (
    <Page
      title="Findings"
      description="What would keep a page from reaching somebody, now or within a week. Looked for in policies, schedules, people, rules, keys and monitors."
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          Check again
        </Button>
      }
    >
      <Loaded query={found} skeleton={<ListSkeleton />}>
        {({ items, at }) => (items.length === 0 ? <NoFindings at={at} /> : <Levels items={items} at={at} />)}
      </Loaded>
    </Page>
  )
}

function NoFindings({ at }: { at: string }) {
  return (
    <Card p={0}>
      <Empty icon={IconShieldCheck} title="Nothing is wrong">
        Every step of every policy reaches somebody all week, and everybody who is paged has a way to be reached. Looked
        at <Time at={at} />.
      </Empty>
    </Card>
  )
}

function Levels({ items, at }: { items: readonly Finding[]; at: string }) {
  const { level } = route.useSearch()
  const navigate = route.useNavigate()
  const count = (value: Level) => items.filter(one => one.level === value).length
  const shown = LEVELS.filter(one => (level ? one.value === level : count(one.value) > 0))
  return (
    <>
      <div className={classes.top}>
        <SegmentedControl
          className={classes.views}
          aria-label="Which findings"
          value={level ?? 'all'}
          onChange={value =>
            void navigate({
              search: { level: value === 'all' ? undefined : (value as FindingsFilter['level']) },
              replace: true,
            })
          }
          data={[
            { value: 'all', label: `All (${items.length})` },
            { value: 'error', label: `Errors (${count('error')})` },
            { value: 'warning', label: `Warnings (${count('warning')})` },
            { value: 'info', label: `Infos (${count('info')})` },
          ]}
        />
        <Text size="sm" c="dimmed">
          Checked <Time at={at} />
        </Text>
      </div>
      {shown.map(({ value, state, title, means }) => (
        <section key={value} className={classes.level} aria-labelledby={`level-${value}`}>
          <div className={classes.head}>
            <StatusBadge state={state} />
            <h2 id={`level-${value}`}>{title}</h2>
          </div>
          <p className={classes.means}>{means}</p>
          {count(value) > 0 ? (
            <Card p={0} component="ul" className={classes.list}>
              {items
                .filter(one => one.level === value)
                .map(one => (
                  <Row key={`${one.code}.${one.subject.id}.${one.reason}`} finding={one} />
                ))}
            </Card>
          ) : (
            <Card>
              <Text c="dimmed">None of these.</Text>
            </Card>
          )}
        </section>
      ))}
    </>
  )
}

function Row({ finding }: { finding: Finding }) {
  const { id: org, userId } = useOrganization()
  const place = remedyPlace(org, finding, userId)
  const { subject, reason, remedy } = finding
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <span className={classes.kind}>{KINDS[subject.kind] ?? subject.kind.replaceAll('_', ' ')}</span>
        {place ? (
          <Link className={classes.name} {...place}>
            {subject.name}
          </Link>
        ) : (
          <span className={classes.name}>{subject.name}</span>
        )}
        <p>{reason.charAt(0).toUpperCase() + reason.slice(1)}.</p>
        <p className={classes.remedy}>
          <b>To mend it:</b> {remedy}.
        </p>
      </div>
      {place && <IconChevronRight size={18} aria-hidden className={classes.chevron} />}
    </li>
  )
}
