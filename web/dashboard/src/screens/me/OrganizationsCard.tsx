/** The organizations one is in, as what, and leaving them. */
import { Badge, Card, Group, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Api } from '../../api/client'
import type { Model } from '../../api/types'
import { meQuery } from '../../app/me'
import { useOrganization } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { LinkAnchor, LinkButton } from '../../components/links'
import { notifyDone } from '../../components/notices'
import { roleName } from '../people/roles'
import classes from './OrganizationsCard.module.css'

type Mine = Model<'MyOrganization'>

export function OrganizationsCard({ organizations }: { organizations: readonly Mine[] }) {
  return (
    <Card component="section" aria-label="My organizations">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          Organizations
        </Title>
        <LinkButton variant="default" size="xs" to="/" search={{ all: true }}>
          Join or make another
        </LinkButton>
      </Group>
      <ul className={classes.list}>
        {organizations.map(one => (
          <Row key={one.id} organization={one} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ organization: { id, name, role, teams } }: { organization: Mine }) {
  const { id: current } = useOrganization()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    const { policies } = await new Api(id).post('/v1/organization/leave')
    const named = policies.length > 0 ? ` These policies named you: ${policies.join(', ')}.` : ''
    notifyDone(`You have left ${name.slice(0, 80)}.${named}`)
    if (id === current) {
      localStorage.removeItem('tocsin.organization')
      await navigate({ to: '/', search: { all: true } })
    }
    await queries.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <LinkAnchor to="/o/$org/incidents" params={{ org: id }} className={classes.name}>
          {name}
        </LinkAnchor>
        <span className={classes.facts}>
          {[roleName(role), ...teams.map(team => (team.role === 'lead' ? `leads ${team.name}` : team.name))].join(
            ' · ',
          )}
        </span>
      </div>
      {id === current && <Badge color="gray">Open here</Badge>}
      <ConfirmButton
        size="xs"
        c="red"
        aria-label={`Leave ${name.slice(0, 80)}`}
        question={`Leave ${name.slice(0, 80)}?`}
        consequence="You see nothing there from this moment on, your personal API keys in it end, and policies and schedules that name you page nobody in your place. Somebody would have to invite you again."
        confirm="Leave it"
        onConfirm={leave}
      >
        Leave
      </ConfirmButton>
    </li>
  )
}
