/** How many findings there are that may lose a page; nothing where there are none. */
import { VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import classes from './Count.module.css'
import { useLint } from './useLint'

/** What one came to see is asked for first. */
const PAUSE_MS = 2_000

export function FindingsCount() {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [])
  const { data } = useLint(isDue)
  const count = (data?.errors ?? 0) + (data?.warnings ?? 0)
  if (count === 0) return null
  return (
    <span className={classes.count} data-level={data?.errors ? 'error' : 'warning'}>
      {count}
      <VisuallyHidden> to look at</VisuallyHidden>
    </span>
  )
}
