/** Latencies of the last hours as a small line. */
import classes from './Sparkline.module.css'

const WIDTH = 96
const HEIGHT = 28
const INSET = 2

/** The points of each stretch without gaps, for a drawing of this size. */
export function stretches(values: readonly (number | null)[], width = WIDTH, height = HEIGHT): string[] {
  const known = values.filter(one => one !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const step = values.length > 1 ? (width - 2 * INSET) / (values.length - 1) : 0
  const range = most - least || 1
  const found: string[][] = [[]]
  values.forEach((value, n) => {
    if (value === null) {
      found.push([])
      return
    }
    const y = most === least ? height / 2 : height - INSET - ((value - least) / range) * (height - 2 * INSET)
    found.at(-1)?.push(`${(INSET + n * step).toFixed(1)},${y.toFixed(1)}`)
  })
  return found.filter(points => points.length > 0).map(points => points.join(' '))
}

/** `label` says what it shows to who can't see it. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  if (values.every(one => one === null)) return null
  return (
    <svg className={classes.line} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      {stretches(values).map(points => (
        // a single point has no length, and is drawn by its round ends
        <polyline key={points} points={points.includes(' ') ? points : `${points} ${points}`} />
      ))}
    </svg>
  )
}
