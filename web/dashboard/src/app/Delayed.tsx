/** Says that changes take a while to show, where no socket can be held. */
import { IconHourglass } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useLiveState } from '../api/live'
import classes from './Shell.module.css'

/** A socket that was lost is back before anybody has read this. */
const LASTING_MS = 10_000

export function Delayed() {
  const isPolling = useLiveState() === 'polling'
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    setLasting(false)
    if (!isPolling) return
    const timer = setTimeout(() => setLasting(true), LASTING_MS)
    return () => clearTimeout(timer)
  }, [isPolling])
  if (!isLasting) return null
  return (
    <p className={classes.delayed} role="status">
      <IconHourglass size={16} aria-hidden /> Changes show within 30 s: they can’t be pushed here just now.
    </p>
  )
}
