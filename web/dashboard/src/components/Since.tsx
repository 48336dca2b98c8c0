/** Since when a way to page is there, or since when it is switched off, and why unless somebody did it. */
import { Time } from './Time'

interface Properties {
  way: { created_at: string; disabled_at: string | null; disabled_reason: string | null }
}

export function Since({ way: { created_at: made, disabled_at: off, disabled_reason: reason } }: Properties) {
  if (!off)
    return (
      <span>
        added <Time at={made} />
      </span>
    )
  return (
    <>
      <span>
        off since <Time at={off} />
      </span>
      {reason && !reason.startsWith('by ') && <span>{reason}</span>}
    </>
  )
}
