/** Monitors below headings: what needs attention, then each group. One that goes down moves up while one looks at it. */
import { Card } from '@mantine/core'
import { useLayoutEffect, useRef } from 'react'
import type { Model } from '../../api/types'
import { divided } from './attention'
import { grouped } from './grouped'
import { MonitorRow } from './MonitorRow'
import classes from './MonitorSections.module.css'
import { useFigures, useGroups, useServices } from './queries'
import type { Monitor } from './words'

const DAYS = 30

interface Section {
  readonly key: string
  /** Null where nothing needs a heading. */
  readonly name: string | null
  readonly monitors: readonly Monitor[]
}

function sectionsOf(
  monitors: readonly Monitor[],
  groups: readonly Model<'MonitorGroup'>[],
  isApart: boolean,
): Section[] {
  const { urgent, rest } = isApart ? divided(monitors) : { urgent: [], rest: monitors }
  const others = grouped(rest, groups).map(({ id, name, monitors: members }) => ({
    key: id ?? 'none',
    name: name ?? (urgent.length > 0 ? 'Everything else' : null),
    monitors: members,
  }))
  return urgent.length > 0 ? [{ key: 'urgent', name: 'Needs attention', monitors: urgent }, ...others] : others
}

/** Focus stays on a monitor that moves to another section, where it is drawn anew. */
function useFocusKept() {
  const list = useRef<HTMLDivElement>(null)
  const held = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (held.current === null || list.current?.contains(document.activeElement)) return
    const row = list.current?.querySelector(`[data-monitor="${held.current}"] a`)
    if (row instanceof HTMLElement) row.focus({ preventScroll: true })
  })
  return {
    ref: list,
    onFocus: ({ target }: React.FocusEvent<HTMLElement>) => {
      held.current = target.closest<HTMLElement>('[data-monitor]')?.dataset.monitor ?? null
    },
    onBlur: () => {
      held.current = null
    },
  }
}

interface Properties {
  monitors: readonly Monitor[]
  /** Whether what needs attention stands apart; a filter by status has said what is looked for. */
  isApart: boolean
  isOld: boolean
}

export function MonitorSections({ monitors, isApart, isOld }: Properties) {
  const groups = useGroups()
  const services = useServices().names
  const figures = useFigures(
    monitors.map(one => one.id),
    DAYS,
  )
  const focus = useFocusKept()
  return (
    <div className={classes.sections} aria-busy={isOld} {...focus}>
      {sectionsOf(monitors, groups.items, isApart).map(({ key, name, monitors: members }, index) => (
        <section key={key} aria-label={name ?? 'Monitors'}>
          {(name || index === 0) && (
            <div className={classes.head}>
              {name && <h2>{name}</h2>}
              {index === 0 && (
                <>
                  <span className={classes.latency}>Latency, 24 h</span>
                  <span className={classes.uptime}>Uptime, {DAYS} days</span>
                </>
              )}
            </div>
          )}
          <Card p={0} component="ul" className={classes.list}>
            {members.map(one => (
              <MonitorRow
                key={one.id}
                monitor={one}
                service={services.get(one.service_id) ?? '…'}
                figures={figures.of.get(one.id)}
                firstDay={figures.firstDay}
              />
            ))}
          </Card>
        </section>
      ))}
    </div>
  )
}
