/** How far an organization is on its way to its first page, judged by what is there. */
import type { Model } from '../../api/types'

type Policy = Model<'Policy'>
type Service = Model<'Service'>
type Integration = Model<'Integration'>
type Event = Model<'Event'>

/** What a test event comes by, and whom it pages. */
export interface Path {
  readonly policy: Policy
  readonly service: Service
  readonly integration: Integration
}

export interface Parts {
  readonly policies: readonly Policy[]
  readonly services: readonly Service[]
  readonly integrations: readonly Integration[]
}

/** The parts of a path that are there already, oldest first; one that was begun and broke off is gone on with. */
export function partsOf({ policies, services, integrations }: Parts, user: string): Partial<Path> {
  const byAge = <T extends { created_at: string }>(all: readonly T[]) =>
    [...all].sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at))
  const mine = byAge(policies).filter(one => pages(one, user))
  const found: Partial<Path>[] = mine.flatMap(policy =>
    byAge(services)
      .filter(one => one.policy_id === policy.id)
      .map(service => ({
        policy,
        service,
        integration: byAge(integrations).find(one => one.service_id === service.id),
      })),
  )
  return found.find(one => one.integration) ?? found[0] ?? { policy: mine[0] }
}

/** Whether a policy pages somebody by name, at its first step. */
function pages(policy: Policy, user: string): boolean {
  return policy.steps[0]?.targets.some(({ kind, value }) => kind === 'user' && value === user) ?? false
}

/** Whether all parts are there. */
export function isWhole(parts: Partial<Path>): parts is Path {
  return Boolean(parts.policy && parts.service && parts.integration)
}

/** The contact method by which pages reach somebody for sure, if there is one. */
export function provenOf(methods: readonly Model<'ContactMethod'>[]): Model<'ContactMethod'> | undefined {
  return methods.find(one => one.verified_at && !one.disabled_at)
}

/** The newest event that came by an integration to open something; events are newest first. */
export function triggerOf(events: readonly Event[], integration: string): Event | undefined {
  return events.find(one => one.integration_id === integration && one.action === 'trigger')
}

/** Seconds between two instants, as `1.8 s` below ten. */
export function between(from: string, to: string): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000)
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`
}
