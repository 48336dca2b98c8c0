/** In which order open incidents are shown. */
import type { Incident } from './actions'

export interface Group {
  /** Null where there is but one. */
  name: string | null
  incidents: Incident[]
}

const WORST_FIRST: readonly Incident['severity'][] = ['critical', 'error', 'warning', 'info']

function rank({ severity }: Incident): number {
  return WORST_FIRST.indexOf(severity)
}

/** Of what is shown, newest first: what nobody has, the worst of it before the rest, and what somebody has. */
export function groupsOf(incidents: readonly Incident[]): Group[] {
  const nobody = incidents.filter(one => one.status === 'triggered').sort((a, b) => rank(a) - rank(b))
  const inHand = incidents.filter(one => one.status !== 'triggered')
  return [
    { name: 'Nobody has it', incidents: nobody },
    { name: 'In hand', incidents: inHand },
  ].filter(one => one.incidents.length > 0)
}
