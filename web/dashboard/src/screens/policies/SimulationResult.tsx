/** What would happen, from the first page to the end. */
import { Alert, Card, Title } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconBrandSlack,
  IconCircleCheckFilled,
  IconMail,
  IconMessage,
  IconPhone,
  IconPointFilled,
  IconSend,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'
import { viewerZone } from '../../app/zones'
import { formatDuration } from '../../components/Time'
import { formatIn } from '../on-call/words'
import type { Policy } from './policyForm'
import classes from './Simulate.module.css'
import { type Line, momentsOf, type Simulation, whoOf } from './simulation'

const CHANNELS: Readonly<Record<string, TablerIcon>> = {
  email: IconMail,
  sms: IconMessage,
  voice: IconPhone,
  slack: IconBrandSlack,
  webhook: IconWebhook,
}

function iconOf({ tone, channel }: Line): TablerIcon {
  if (channel) return CHANNELS[channel] ?? IconSend
  if (tone === 'bad') return IconAlertTriangleFilled
  return tone === 'good' ? IconCircleCheckFilled : IconPointFilled
}

function titleOf({ incidents, events }: Simulation, policy: Policy): string {
  const [incident] = incidents
  if (!incident)
    return events[0] ? `No incident: the event is ${events[0].outcome.replaceAll('_', ' ')}` : 'No incident'
  const { escalation, status } = incident
  const by = escalation?.policy_id === policy.id ? `, by version ${escalation.policy_version}` : ', by another policy'
  return `It ends ${status}${escalation ? by : ', without an escalation'}`
}

const ENDS = {
  until: 'It goes on after a week; what is shown stops there.',
  limit: 'It goes on: only the first 200 instants are shown.',
} as const

export function SimulationResult({ simulation, policy }: { simulation: Simulation; policy: Policy }) {
  const moments = momentsOf(simulation)
  const sent = simulation.pages.filter(page => page.fate === 'sent')
  const people = new Set(sent.map(whoOf))
  return (
    <Card>
      <Title order={2} size="h3">
        {titleOf(simulation, policy)}
      </Title>
      <p className={classes.sum}>
        {sent.length === 1 ? 'One page' : `${sent.length} pages`} to{' '}
        {people.size === 1 ? 'one person or place' : `${people.size} people or places`}.
      </p>
      {sent.length === 0 && (
        <Alert color="red" mb="sm" icon={<IconAlertTriangleFilled aria-hidden />}>
          Nobody would be paged.
        </Alert>
      )}
      <ol className={classes.moments}>
        {moments.map(({ at, after, lines }) => (
          <li key={at}>
            <p className={classes.when}>
              <strong>{after <= 0 ? 'At once' : `${formatDuration(after)} later`}</strong>
              <time dateTime={at}>{formatIn(at, viewerZone)}</time>
            </p>
            <ul className={classes.lines}>
              {lines.map(line => {
                const Icon = iconOf(line)
                return (
                  <li key={line.key} data-tone={line.tone}>
                    <Icon size={18} aria-hidden />
                    <span className={classes.words}>
                      {line.text}
                      {line.note && <span className={classes.why}>{line.note}</span>}
                    </span>
                  </li>
                )
              })}
            </ul>
          </li>
        ))}
      </ol>
      {simulation.ended !== 'settled' && <p className={classes.note}>{ENDS[simulation.ended]}</p>}
    </Card>
  )
}
