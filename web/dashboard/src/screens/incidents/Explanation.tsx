/** Why it went as it did: every decision, from the first event to the last receipt. */
import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useApi } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import type { Detail } from './detail'
import classes from './Explanation.module.css'
import { incidentQueries } from './queries'
import { capital, type Line, minutesOf, type Strand } from './story'

const EventModal = lazy(async () => ({ default: (await import('../services/EventModal')).EventModal }))
const SOURCES = { event: 'Event', timeline: 'Decision', notification: 'Page' } as const

const toTheDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const toTheMinute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const toTheSecond = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

function Instant({ at }: { at: string }) {
  return <time dateTime={at}>{toTheSecond.format(new Date(at))}</time>
}

interface Properties {
  strand: Strand
  onLook: (event: string) => void
}

function One({ strand: { line, rest }, onLook }: Properties) {
  const words = capital(line.words)
  return (
    <li className={classes.strand}>
      <Instant at={line.at} />
      <span className={classes.source} data-source={line.source}>
        {SOURCES[line.source]}
      </span>
      <div className={classes.words}>
        {line.source === 'event' ? (
          <button type="button" className={classes.look} onClick={() => onLook(line.id)}>
            {words}
          </button>
        ) : (
          words
        )}
        {rest.length > 0 && <Rest lines={rest} />}
      </div>
    </li>
  )
}

/** What came of it. */
function Rest({ lines }: { lines: readonly Line[] }) {
  return (
    <ol className={classes.rest}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one thing may have several lines, and they only grow
        <li key={index}>
          <Instant at={line.at} /> {capital(line.words)}
        </li>
      ))}
    </ol>
  )
}

export function Explanation({ incident }: { incident: Detail }) {
  const found = useQuery(incidentQueries(useApi(), incident.id).explanation)
  const [shown, setShown] = useState<string>()
  return (
    <Loaded query={found}>
      {({ lines, complete }) => (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            All that was decided: the newest minute first, and within it in the order it happened.
          </Text>
          {!complete && <Alert mb="sm">There is more: only the first 200 events and 500 pages are told here.</Alert>}
          <Minutes lines={lines} onLook={setShown} />
          {shown && (
            <Suspense>
              <EventModal id={shown} onClose={() => setShown(undefined)} />
            </Suspense>
          )}
        </>
      )}
    </Loaded>
  )
}

function Minutes({ lines, onLook }: { lines: readonly Line[]; onLook: (event: string) => void }) {
  const minutes = minutesOf(lines).reverse()
  const day = (index: number) => {
    const at = minutes[index]?.at
    return at ? toTheDay.format(new Date(at)) : null
  }
  return minutes.map(({ at, strands }, index) => (
    <section key={at}>
      {day(index) !== day(index - 1) && <p className={classes.day}>{day(index)}</p>}
      <h2 className={classes.minute}>{toTheMinute.format(new Date(at))}</h2>
      <ol className={classes.lines}>
        {strands.map(one => (
          <One key={`${one.line.source}.${one.line.id}`} strand={one} onLook={onLook} />
        ))}
      </ol>
    </section>
  ))
}
