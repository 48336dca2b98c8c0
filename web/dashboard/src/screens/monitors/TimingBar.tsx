/** How long each part of a check took, one after another, on a scale that several share. */

import classes from './TimingBar.module.css'
import { TIMING_COLORS } from './timing'
import { formatLatency, partsOf, TIMING_WORDS } from './words'

type Timings = Parameters<typeof partsOf>[0]

/** `longest` is the total that fills the whole width. */
export function TimingBar({ timings, total, longest }: { timings: Timings; total: number; longest: number }) {
  const parts = partsOf(timings, total)
  return (
    <div className={classes.box}>
      <span className={classes.track} aria-hidden style={{ width: `${Math.max(4, (total / longest) * 100)}%` }}>
        {parts.map(({ part, ms }) => (
          <span key={part} style={{ flexGrow: ms, background: TIMING_COLORS[part] }} />
        ))}
      </span>
      <ul className={classes.parts}>
        {parts.map(({ part, ms }) => (
          <li key={part}>
            <span className={classes.dot} style={{ background: TIMING_COLORS[part] }} aria-hidden />
            {TIMING_WORDS[part]} <strong>{formatLatency(ms)}</strong>
          </li>
        ))}
        <li>
          Together <strong>{formatLatency(total)}</strong>
        </li>
      </ul>
    </div>
  )
}
