/** Words that reports of a page begin with: for people, and for what the page says by itself. */
import { Badge, Button, Card } from '@mantine/core'
import { IconPlus, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useApi } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor } from '../../components/links'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import rows from '../services/Rows.module.css'
import { pageQueries, type StatusPage, type Template } from './queries'
import { TemplateModal } from './TemplateModal'
import { REPORT_LOOKS, USED_WHEN } from './words'

const route = getRouteApi('/o/$org/status-pages/$page')

export function TemplatesPanel({ page }: { page: StatusPage }) {
  const { template } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('responder')
  const found = useQuery(pageQueries(useApi(), page.id).templates)
  const edit = (id: string | undefined) =>
    void navigate({ search: { tab: 'templates', template: id }, resetScroll: false })
  const add = (
    <Button
      mb="md"
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={why !== null}
      onClick={() => edit('new')}
    >
      New template
    </Button>
  )
  return (
    <>
      <WhyNot role="responder" />
      <Loaded query={found}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Card p={0}>
                <Empty icon={IconTemplate} title="Find the words before you need them" action={add}>
                  At night it is hard to write for customers. A template holds title, text and status, with the affected
                  components filled in; reports that write themselves can use yours, too.
                </Empty>
              </Card>
            ) : (
              <>
                {add}
                <Card p={0} component="ul" className={rows.list}>
                  {items.map(one => (
                    <Row key={one.id} page={page} template={one} />
                  ))}
                </Card>
              </>
            )}
            <TemplateModal page={page} id={template} templates={items} onClose={() => edit(undefined)} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Row({ page, template }: { page: StatusPage; template: Template }) {
  const { org } = route.useParams()
  return (
    <li className={rows.row}>
      <div>
        <LinkAnchor
          className={rows.name}
          to="/o/$org/status-pages/$page"
          params={{ org, page: page.id }}
          search={{ tab: 'templates', template: template.id }}
          resetScroll={false}
        >
          {template.name}
        </LinkAnchor>
        <div className={rows.facts}>
          <span>{template.kind === 'incident' ? 'Incident' : 'Maintenance'}</span>
          <span>{REPORT_LOOKS[template.status].word}</span>
          <span>{template.title}</span>
        </div>
      </div>
      <div className={rows.end}>
        {template.used_when && <Badge color="blue">{USED_WHEN[template.used_when]}</Badge>}
      </div>
    </li>
  )
}
