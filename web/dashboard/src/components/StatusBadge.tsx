/** A state as colour, shape and word, never by colour alone. */
import {
  IconAlertTriangleFilled,
  IconBellRingingFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClockPause,
  IconHelpCircleFilled,
  IconInfoCircleFilled,
  IconPlayerPauseFilled,
  IconTool,
  IconUserCheck,
  type TablerIcon,
} from '@tabler/icons-react'
import classes from './StatusBadge.module.css'

type Tone = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'grey'

interface Look {
  tone: Tone
  icon: TablerIcon
  word: string
}

const LOOKS = {
  triggered: { tone: 'red', icon: IconBellRingingFilled, word: 'Triggered' },
  acknowledged: { tone: 'yellow', icon: IconUserCheck, word: 'Acknowledged' },
  resolved: { tone: 'green', icon: IconCircleCheckFilled, word: 'Resolved' },
  snoozed: { tone: 'blue', icon: IconClockPause, word: 'Snoozed' },
  critical: { tone: 'red', icon: IconAlertTriangleFilled, word: 'Critical' },
  error: { tone: 'orange', icon: IconCircleXFilled, word: 'Error' },
  warning: { tone: 'yellow', icon: IconAlertTriangleFilled, word: 'Warning' },
  info: { tone: 'blue', icon: IconInfoCircleFilled, word: 'Info' },
  up: { tone: 'green', icon: IconCircleCheckFilled, word: 'Up' },
  degraded: { tone: 'yellow', icon: IconAlertTriangleFilled, word: 'Degraded' },
  down: { tone: 'red', icon: IconCircleXFilled, word: 'Down' },
  unknown: { tone: 'grey', icon: IconHelpCircleFilled, word: 'Unknown' },
  paused: { tone: 'grey', icon: IconPlayerPauseFilled, word: 'Paused' },
  operational: { tone: 'green', icon: IconCircleCheckFilled, word: 'Operational' },
  degraded_performance: { tone: 'yellow', icon: IconAlertTriangleFilled, word: 'Degraded performance' },
  partial_outage: { tone: 'orange', icon: IconAlertTriangleFilled, word: 'Partial outage' },
  major_outage: { tone: 'red', icon: IconCircleXFilled, word: 'Major outage' },
  under_maintenance: { tone: 'blue', icon: IconTool, word: 'Under maintenance' },
} as const satisfies Record<string, Look>

export type State = keyof typeof LOOKS

/** `word` replaces the state's own; `plain` leaves the ground away. */
export function StatusBadge({ state, word, plain = false }: { state: State; word?: string; plain?: boolean }) {
  const { tone, icon: Icon, word: own } = LOOKS[state]
  return (
    <span className={classes.badge} data-tone={tone} data-plain={plain || undefined}>
      <Icon size={15} aria-hidden />
      {word ?? own}
    </span>
  )
}
