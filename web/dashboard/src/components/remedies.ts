/** Where what lint finds is to be mended. */
import { type Place, placeOf } from '../app/places'
import { type Finding, isAbout } from '../app/useLint'

/** The part of its screen, where there are several. */
const SEARCH: Partial<Record<Finding['code'], Record<string, string>>> = {
  service_without_policy: { tab: 'settings' },
  schedule_gap: { tab: 'rotation' },
  schedule_reaches_nobody: { tab: 'rotation' },
}

/** Where a finding is mended; null where that is not on a screen. `userId` is who asks. */
export function remedyPlace(org: string, { code, subject }: Finding, userId: string | null): Place | null {
  const { kind, id, part_of: whole } = subject
  if (kind === 'user') {
    if (id === userId) return { to: '/o/$org/me', params: { org }, search: { tab: 'contacts' } }
    return { to: '/o/$org/people/$user', params: { org, user: id } }
  }
  if (code === 'monitor_of_one_region') return { to: '/o/$org/monitors/$monitor/edit', params: { org, monitor: id } }
  if (kind === 'event_rule' && whole)
    return { to: '/o/$org/services/$service', params: { org, service: whole.id }, search: { tab: 'rules' } }
  const place = whole ? placeOf(org, whole.kind, whole.id) : placeOf(org, kind, id)
  const search = SEARCH[code]
  return place && search ? { ...place, search } : place
}

/** The same; null also where one is there already. `here` is the id of what is shown, or null for a list. */
export function remedyElsewhere(
  org: string,
  finding: Finding,
  userId: string | null,
  here: string | null,
): Place | null {
  const place = remedyPlace(org, finding, userId)
  if (here === null || (isAbout(finding, here) && !place?.search && !String(place?.to).endsWith('/edit'))) return null
  return place
}
