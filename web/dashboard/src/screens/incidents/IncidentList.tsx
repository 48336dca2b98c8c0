/** Incidents in their groups, by mouse, finger or keyboard, and what can be done to several at once. */
import { Button, Card } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useMay } from '../../app/organization'
import { type Move, useMove } from './actions'
import classes from './IncidentList.module.css'
import { IncidentRow } from './IncidentRow'
import type { Group } from './order'
import { useKeys } from './useKeys'
import type { Selection } from './useSelection'

interface Properties {
  groups: readonly Group[]
  selection: Selection
  /** Whether it is what was asked for before. */
  isOld: boolean
  hasMore: boolean
  onHelp: () => void
}

export function IncidentList({ groups, selection, isOld, hasMore, onHelp }: Properties) {
  const moving = useMove()
  const may = useMay('responder')
  const { selected, select, isSelecting, setSelecting } = selection
  const incidents = groups.flatMap(one => one.incidents)
  const move = (ids: readonly string[], how: Move) => {
    const from = how === 'acknowledge' ? ['triggered'] : ['triggered', 'acknowledged']
    const able = incidents.filter(one => ids.includes(one.id) && from.includes(one.status)).map(one => one.id)
    if (may && able.length > 0) moving.move(able, how)
    setSelecting(false)
  }
  const follow = useFocus()
  const current = useKeys({ incidents, selected, onSelect: select, onMove: move, onHelp })
  return (
    <>
      {groups.map(({ name, incidents: some }, index) => (
        <section key={name} className={classes.group}>
          <div className={classes.head}>
            {name && (
              <h2 className={classes.name}>
                {name} · {some.length}
                {hasMore && '+'}
              </h2>
            )}
            {may && index === 0 && (
              <Button className={classes.select} variant="subtle" size="sm" onClick={() => setSelecting(!isSelecting)}>
                {isSelecting ? 'Done' : 'Select'}
              </Button>
            )}
          </div>
          <Card
            p={0}
            component="ul"
            className={classes.list}
            aria-busy={isOld}
            data-selecting={isSelecting || undefined}
          >
            {some.map(one => (
              <IncidentRow
                key={one.id}
                incident={one}
                isSelected={selected.has(one.id)}
                isCurrent={one.id === current}
                isSelecting={isSelecting}
                isSettling={moving.settling.has(one.id)}
                onSelect={() => select(one.id)}
                onMove={how => {
                  follow(one.id)
                  move([one.id], how)
                }}
              />
            ))}
          </Card>
        </section>
      ))}
      {selected.size > 0 && <Bulk selection={selection} shown={incidents.length} onMove={move} />}
    </>
  )
}

/** What is moved by its button may go to another group: the focus, which would be lost, goes with it. */
function useFocus(): (id: string) => void {
  const moved = useRef<string | null>(null)
  useEffect(() => {
    if (!moved.current || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`[data-incident="${moved.current}"]`)?.focus({ preventScroll: true })
    moved.current = null
  })
  return id => {
    moved.current = id
  }
}

interface BulkProperties {
  selection: Selection
  shown: number
  onMove: (ids: readonly string[], move: Move) => void
}

function Bulk({ selection: { selected, selectAll, clear }, shown, onMove }: BulkProperties) {
  return (
    <section className={classes.bulk} aria-label="Selected incidents">
      <strong>{selected.size} selected</strong>
      <Button size="sm" onClick={() => onMove([...selected], 'acknowledge')}>
        Acknowledge
      </Button>
      <Button size="sm" variant="default" onClick={() => onMove([...selected], 'resolve')}>
        Resolve
      </Button>
      {selected.size < shown && (
        <Button size="sm" variant="subtle" onClick={selectAll}>
          Select all {shown} shown
        </Button>
      )}
      <Button className={classes.clear} size="sm" variant="subtle" color="gray" onClick={clear}>
        Clear
      </Button>
    </section>
  )
}
