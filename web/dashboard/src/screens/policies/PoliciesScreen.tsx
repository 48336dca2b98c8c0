/** Escalation policies: whom each pages, in what order, which services follow it, and what is wrong. */
import { Button, Card, Group } from '@mantine/core'
import { IconAlertTriangleFilled, IconPlus, IconStairsUp } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useApi, useOrganization } from '../../app/organization'
import { isAbout, useFindings } from '../../app/useLint'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { LinkAnchor, LinkButton } from '../../components/links'
import { Page } from '../../components/Page'
import { Time } from '../../components/Time'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import classes from './PoliciesScreen.module.css'
import { type Policy, stepValues, targetText } from './policyForm'
import { TargetMark } from './TargetMark'
import { type Choices, useTargets } from './useTargets'
import { delayOf } from './words'

const PAGE = 50
const SHOWN_STEPS = 4
const SHOWN_TARGETS = 3

export function PoliciesScreen() {
  const { id: org } = useOrganization()
  const api = useApi()
  const found = useInfiniteQuery(api.list('/v1/escalation-policies', { query: { limit: PAGE } }))
  const services = useQuery({ ...api.get('/v1/services', { query: { limit: 200 } }), staleTime: 60_000 })
  const items = found.data?.pages.flatMap(page => page.items) ?? []
  const choices = useTargets()
  const findings = useFindings()
  const make = (
    <LinkButton
      to="/o/$org/policies/new"
      params={{ org }}
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={useWhyNot('admin', 'any') !== null}
    >
      New policy
    </LinkButton>
  )
  return (
    <Page
      title="Escalation"
      description="Whom to page, in what order, until somebody answers."
      actions={
        <>
          <LinkButton variant="default" to="/o/$org/policies/destinations" params={{ org }}>
            Channels and webhooks
          </LinkButton>
          {make}
        </>
      }
    >
      <WhyNot role="admin" team="any" />
      <Loaded query={found}>
        {() =>
          items.length === 0 ? (
            <Card p={0}>
              <Empty icon={IconStairsUp} title="Nobody is paged yet" action={make}>
                An escalation policy pages whoever is on call, waits, and pages the next when nobody answers. Services
                follow one.
              </Empty>
            </Card>
          ) : (
            <ul className={classes.list}>
              {items.map(policy => (
                <Row
                  key={policy.id}
                  policy={policy}
                  choices={choices}
                  used={services.data?.items.filter(one => one.policy_id === policy.id).map(one => one.name)}
                  worst={findings.find(one => isAbout(one, policy.id) && one.level !== 'info')?.reason}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {found.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </Page>
  )
}

interface RowProperties {
  policy: Policy
  choices: Choices
  used: string[] | undefined
  worst: string | undefined
}

function Row({ policy, choices, used, worst }: RowProperties) {
  const { id: org } = useOrganization()
  const more = policy.steps.length - SHOWN_STEPS
  return (
    <Card component="li" className={classes.policy}>
      <div className={classes.head}>
        <LinkAnchor to="/o/$org/policies/$policy" params={{ org, policy: policy.id }} className={classes.title}>
          {policy.name}
        </LinkAnchor>
        <span className={classes.soft}>
          version {policy.version}, <Time at={policy.updated_at} />
        </span>
      </div>
      <ol className={classes.steps}>
        {policy.steps.slice(0, SHOWN_STEPS).map((step, index) => (
          <li key={step.step_id}>
            <span className={classes.delay}>{delayOf(stepValues(step).delay_seconds, index === 0)}</span>
            <span className={classes.targets}>
              {step.targets.slice(0, SHOWN_TARGETS).map(target => (
                <TargetMark
                  key={targetText(target)}
                  target={targetText(target)}
                  label={choices.labelOf(targetText(target))}
                />
              ))}
              {step.targets.length > SHOWN_TARGETS && (
                <span className={classes.soft}>and {step.targets.length - SHOWN_TARGETS} more</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className={classes.soft}>
        {more > 0 && `${more === 1 ? 'One more step' : `${more} more steps`}. `}
        {policy.rounds > 1 && `Up to ${policy.rounds} rounds. `}
        {used && (used.length > 0 ? `Followed by ${used.slice(0, 5).join(', ')}.` : 'No service follows it.')}
        {used && used.length > 5 && ` And ${used.length - 5} more.`}
      </p>
      {worst && (
        <p className={classes.wrong}>
          <IconAlertTriangleFilled size={16} aria-hidden /> {worst}
        </p>
      )}
    </Card>
  )
}
