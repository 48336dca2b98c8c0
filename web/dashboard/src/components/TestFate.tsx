/** What has become of a test page, as it changes. */
import { Loader } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react'
import classes from './TestFate.module.css'
import { formatDuration, Time } from './Time'
import type { Trial } from './useTrial'

/** `hint` is said once it was handed over. */
export function TestFate({ test, hint }: { test: Trial; hint?: string }) {
  if (test.state === 'queued')
    return (
      <p className={classes.fate} role="status">
        <Loader size={16} />
        <span>
          The test page is on its way (<Time at={test.created_at} bare />
          ).
        </span>
      </p>
    )
  const after = test.ended_at ? Date.parse(test.ended_at) - Date.parse(test.created_at) : 0
  if (test.state === 'failed')
    return (
      <p className={classes.fate} data-tone="bad" role="status">
        <IconCircleXFilled size={16} aria-hidden />
        <span>The test page failed{test.detail ? `: ${test.detail}` : ''}.</span>
      </p>
    )
  return (
    <p className={classes.fate} data-tone="good" role="status">
      <IconCircleCheckFilled size={16} aria-hidden />
      <span>
        The test page was handed over after {after < 1_000 ? 'less than a second' : formatDuration(after / 1_000)}.
        {hint && ` ${hint}`}
      </span>
    </p>
  )
}
