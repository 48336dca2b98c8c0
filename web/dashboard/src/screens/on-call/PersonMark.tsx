/** A person's initials on their colour; the name stands beside it. */
import { IconUserOff } from '@tabler/icons-react'
import { initialsOf } from './people'
import classes from './people.module.css'

interface Properties {
  /** Null for nobody. */
  name: string | null
  hue: number | undefined
  size?: 'small' | 'large'
}

export function PersonMark({ name, hue, size }: Properties) {
  return (
    <span
      className={`${classes.mark} ${classes.hue}`}
      data-hue={hue}
      data-size={size}
      data-nobody={name === null || undefined}
      aria-hidden
    >
      {name === null ? <IconUserOff size="55%" /> : initialsOf(name)}
    </span>
  )
}
