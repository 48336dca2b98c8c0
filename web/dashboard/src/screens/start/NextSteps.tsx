/** What comes after the first page, each ticked once there is something of it. */
import { Card, Text, Title } from '@mantine/core'
import {
  IconActivityHeartbeat,
  IconBroadcast,
  IconCalendarUser,
  IconChevronRight,
  IconCircleCheckFilled,
  IconPlugConnected,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import classes from './NextSteps.module.css'

interface Next {
  icon: TablerIcon
  title: string
  text: string
  link: LinkProps
  isDone: boolean
}

const TWO = { limit: 2 }
const ONE = { limit: 1 }

export function NextSteps({ integration, isConnected }: { integration: string; isConnected: boolean }) {
  const { id: org } = useOrganization()
  const api = useApi()
  const members = useQuery(api.get('/v1/members', { query: TWO })).data?.items.length ?? 0
  const schedules = useQuery(api.get('/v1/schedules', { query: ONE })).data?.items.length ?? 0
  const monitors = useQuery(api.get('/v1/monitors', { query: ONE })).data?.items.length ?? 0
  const pages = useQuery(api.get('/v1/status-pages')).data?.items.length ?? 0
  const next: Next[] = [
    {
      icon: IconPlugConnected,
      title: 'Connect your tools',
      text: 'Alertmanager, Grafana, a cron job: copy what it needs.',
      link: { to: '/o/$org/integrations/$integration', params: { org, integration } },
      isDone: isConnected,
    },
    {
      icon: IconUsers,
      title: 'Invite your team',
      text: 'So that somebody is there when you are not.',
      link: { to: '/o/$org/people', params: { org }, search: { invite: true } },
      isDone: members > 1,
    },
    {
      icon: IconCalendarUser,
      title: 'Take turns',
      text: 'A schedule says who is on call when.',
      link: { to: '/o/$org/schedules/new', params: { org } },
      isDone: schedules > 0,
    },
    {
      icon: IconActivityHeartbeat,
      title: 'Watch something',
      text: 'A monitor checks a site, a port or a job, and pages when it is down.',
      link: { to: '/o/$org/monitors/new', params: { org } },
      isDone: monitors > 0,
    },
    {
      icon: IconBroadcast,
      title: 'Tell the public',
      text: 'A status page says what works, and what you do about the rest.',
      link: { to: '/o/$org/status-pages', params: { org } },
      isDone: pages > 0,
    },
  ]
  return (
    <section aria-labelledby="next">
      <Title order={2} size="h3" id="next" mb="sm">
        What comes next
      </Title>
      <Card p={0} component="ul" className={classes.list}>
        {next.map(one => (
          <li key={one.title}>
            <Link {...one.link} className={classes.row}>
              <one.icon size={22} stroke={1.6} aria-hidden className={classes.icon} />
              <span className={classes.words}>
                <strong>{one.title}</strong>
                <Text span size="sm" c="dimmed">
                  {one.text}
                </Text>
              </span>
              {one.isDone ? (
                <IconCircleCheckFilled size={20} aria-label="done" className={classes.done} />
              ) : (
                <IconChevronRight size={20} aria-hidden className={classes.icon} />
              )}
            </Link>
          </li>
        ))}
      </Card>
    </section>
  )
}
