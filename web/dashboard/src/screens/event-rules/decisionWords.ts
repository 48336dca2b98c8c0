/** A decision about an event in words. */
import type { Model } from '../../api/types'
import { formatDuration } from '../../components/Time'

interface Names {
  services: ReadonlyMap<string, string>
  policies: ReadonlyMap<string, string>
}

const MUTES: Readonly<Record<string, string>> = {
  rule: 'a rule suppresses it',
  maintenance_window: 'a window is open that mutes it',
  incident: 'a service it depends on is down',
}

/** Why it pages nobody, by what mutes it. */
export function muteWords(muted: string): string {
  return MUTES[muted.split(':')[0] ?? ''] ?? 'it is muted'
}

export function decisionWords(decision: Model<'EventDecision'>, { services, policies }: Names): string[] {
  const { service_id: service, policy_id: policy, urgency, muted_by: muted, hold_seconds: hold } = decision
  const found = [`It opens an incident of ${services.get(service) ?? 'its service'}.`]
  if (muted) found.push(`It pages nobody: ${muteWords(muted)}.`)
  else
    found.push(
      policy ? `It pages by ${policies.get(policy) ?? 'another policy'}.` : 'It pages by its service’s policy.',
    )
  if (urgency) found.push(`Its urgency is ${urgency}.`)
  if (hold && !muted) found.push(`It pages only if it is still open after ${formatDuration(hold)}.`)
  if (decision.group_key) found.push('It joins an open incident of its group, if there is one.')
  return found
}
