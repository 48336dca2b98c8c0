/** What a rule does, in words. */
import { formatDuration } from '../../components/Time'
import type { RuleValues } from './ruleValues'

interface Names {
  services: ReadonlyMap<string, string>
  policies: ReadonlyMap<string, string>
}

/** One phrase for each thing it does; empty when it does nothing. */
export function actionWords(rule: RuleValues, { services, policies }: Names): string[] {
  const found: string[] = []
  if (rule.suppress) found.push('pages nobody')
  if (rule.service_id) found.push(`goes to the service ${services.get(rule.service_id) ?? '…'}`)
  if (rule.policy_id) found.push(`escalates by ${policies.get(rule.policy_id) ?? '…'}`)
  if (rule.severity) found.push(`severity ${rule.severity}`)
  if (rule.urgency) found.push(`${rule.urgency} urgency`)
  if (rule.hold_seconds) found.push(`pages only if still open after ${formatDuration(rule.hold_seconds)}`)
  if (rule.isGrouped)
    found.push(
      `joins alerts ${rule.group_by.length > 0 ? `with the same ${rule.group_by.join(', ')}` : 'that it matches'} into one incident for ${formatDuration(rule.group_window_seconds ?? 0)}`,
    )
  return found
}
