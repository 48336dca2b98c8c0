/** What differs, a line a field: before, and after. */
import { Button, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import classes from './Audit.module.css'
import { type Change, changesOf } from './changes'
import type { Entry } from './words'

const MOST = 12

export function ChangeTable({ entry, names }: { entry: Entry; names: ReadonlyMap<string, string> }) {
  const [isWhole, setWhole] = useState(false)
  const changes = changesOf(entry, names)
  if (changes.length === 0) return null
  const shown = isWhole ? changes : changes.slice(0, MOST)
  return (
    <>
      <dl className={classes.changes}>
        {shown.map(one => (
          <div key={one.field} className={classes.change}>
            <dt>{one.field}</dt>
            <dd>
              <Values change={one} isBoth={entry.before !== null && entry.after !== null} />
            </dd>
          </div>
        ))}
      </dl>
      {shown.length < changes.length && (
        <Button size="xs" variant="default" mt="xs" onClick={() => setWhole(true)}>
          Show {changes.length - shown.length} more
        </Button>
      )}
    </>
  )
}

/** Of what was made or is gone there is one value, of what was changed two. */
function Values({ change: { before, after }, isBoth }: { change: Change; isBoth: boolean }) {
  if (!isBoth) return <span className={classes.value}>{after ?? before}</span>
  return (
    <>
      <del className={classes.value}>
        <VisuallyHidden>Before: </VisuallyHidden>
        {before ?? 'nothing'}
      </del>
      <span aria-hidden>→</span>
      <ins className={classes.value}>
        <VisuallyHidden>After: </VisuallyHidden>
        {after ?? 'nothing'}
      </ins>
    </>
  )
}
