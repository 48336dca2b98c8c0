/** From when until when, in the viewer's own zone. */
import { Tooltip } from '@mantine/core'
import { formatInstant, formatShortly, useNow } from './Time'

interface Properties {
  from: string
  to: string
}

/** Both ends in words; what ends on the day that it began tells that day once. */
export function spanWords(from: string, to: string, now: number): readonly [string, string] {
  return [formatShortly(from, now), formatShortly(to, Date.parse(from))]
}

/** `21 Nov, 02:48 – 02:55`, and today `02:48 – 02:55`. */
export function Span({ from, to }: Properties) {
  const [begin, end] = spanWords(from, to, useNow())
  return (
    <Tooltip label={`${formatInstant(from)} – ${formatInstant(to)}`}>
      <span>
        <time dateTime={from}>{begin}</time> – <time dateTime={to}>{end}</time>
      </span>
    </Tooltip>
  )
}
