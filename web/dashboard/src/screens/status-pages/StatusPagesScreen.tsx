/** The status pages of the organization: what each tells the public, and where. */
import { Badge, Button, Card } from '@mantine/core'
import { IconBroadcast, IconPlus, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useApi, useOrganization } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Page } from '../../components/Page'
import { StatusBadge } from '../../components/StatusBadge'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { ListSkeleton } from '../incidents/ListSkeleton'
import rows from '../services/Rows.module.css'
import { NewPageModal } from './NewPageModal'
import { pageQueries, type StatusPage } from './queries'
import classes from './StatusPagesScreen.module.css'
import { HEADLINES } from './words'

const route = getRouteApi('/o/$org/status-pages')

export function StatusPagesScreen() {
  const { create } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin')
  const found = useQuery(useApi().get('/v1/status-pages'))
  const open = (isOpen: boolean) => void navigate({ search: { create: isOpen || undefined }, replace: true })
  const button = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={why !== null} onClick={() => open(true)}>
      New status page
    </Button>
  )
  return (
    <Page
      title="Status pages"
      description="What you tell the public: which parts of what you offer work, what is being done, and what is planned."
      actions={found.data && found.data.items.length > 0 && button}
    >
      <WhyNot role="admin" />
      <Loaded query={found} skeleton={<ListSkeleton />}>
        {({ items }) =>
          items.length > 0 ? (
            <Card p={0} component="ul" className={rows.list}>
              {items.map(page => (
                <Row key={page.id} page={page} />
              ))}
            </Card>
          ) : (
            <Card p={0}>
              <Empty icon={IconBroadcast} title="Tell people before they ask" action={button}>
                A status page shows your customers what works and what you are doing about the rest. It stays up when
                nothing else does, and nobody sees it before you publish it.
              </Empty>
            </Card>
          )
        }
      </Loaded>
      <NewPageModal isOpen={create === true && why === null} onClose={() => open(false)} />
    </Page>
  )
}

function Row({ page }: { page: StatusPage }) {
  const { id: org } = useOrganization()
  const told = useQuery(pageQueries(useApi(), page.id).told)
  const headline = told.data && HEADLINES[told.data.indicator]
  return (
    <li className={rows.row}>
      <div>
        <Link to="/o/$org/status-pages/$page" params={{ org, page: page.id }} className={rows.name}>
          {page.name}
        </Link>
        <div className={rows.facts}>
          <span>
            <IconWorld size={15} aria-hidden /> {page.url?.replace(/^https?:\/\//, '') ?? page.slug}
          </span>
          <span>{page.components === 1 ? '1 component' : `${page.components} components`}</span>
        </div>
      </div>
      <div className={`${rows.end} ${classes.told}`}>
        {page.visibility === 'private' && <Badge color="gray">Private</Badge>}
        {headline && page.components > 0 && <StatusBadge state={headline.state} word={headline.word} plain />}
      </div>
    </li>
  )
}
