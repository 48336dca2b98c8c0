/** Each decision about an event, in turn. */
import { usePolicies, useServices } from '../services/useNames'
import classes from './Trace.module.css'
import { lineOf } from './trace'

export function Trace({ lines }: { lines: readonly Record<string, unknown>[] }) {
  const names = new Map([...usePolicies().names, ...useServices().names])
  if (lines.length === 0) return <p className={classes.none}>No rule was asked: there are none yet.</p>
  return (
    <ol className={classes.lines}>
      {lines.map((line, index) => {
        const { says, reason, tone } = lineOf(line, names)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trace is never changed
          <li key={index} data-tone={tone}>
            <strong>{says}</strong>
            {reason && <span>{reason}</span>}
          </li>
        )
      })}
    </ol>
  )
}
