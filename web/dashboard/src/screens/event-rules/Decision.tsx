/** What would become of an event, in a few words, and why. */
import type { Model } from '../../api/types'
import { StatusBadge } from '../../components/StatusBadge'
import { usePolicies, useServices } from '../services/useNames'
import classes from './Decision.module.css'
import { decisionWords } from './decisionWords'
import { Trace } from './Trace'

export function Decision({ decision }: { decision: Model<'EventDecision'> }) {
  const names = { services: useServices().names, policies: usePolicies().names }
  return (
    <section className={classes.decision} aria-label="What would happen" aria-live="polite">
      <div className={classes.badges}>
        <StatusBadge state={decision.severity} />
        {decision.muted_by && <StatusBadge state="paused" word="Pages nobody" />}
      </div>
      <ul>
        {decisionWords(decision, names).map(one => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <h3>Why</h3>
      <Trace lines={decision.trace} />
    </section>
  )
}
