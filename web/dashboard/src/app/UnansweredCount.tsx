/** How many incidents nobody has, beside where they are; nothing where there are none. */
import { VisuallyHidden } from '@mantine/core'
import classes from './Count.module.css'
import { useUnanswered } from './useUnanswered'

export function UnansweredCount() {
  const count = useUnanswered()
  if (!count) return null
  return (
    <span className={classes.count} data-level="error">
      {count}
      <VisuallyHidden> that nobody has</VisuallyHidden>
    </span>
  )
}
