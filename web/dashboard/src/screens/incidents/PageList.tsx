/** Who was told, how, and the fate of each page with all its attempts, newest first. */
import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClock,
  IconHelpCircleFilled,
  IconSend,
  IconSlash,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { Empty } from '../../components/Empty'
import { Loaded } from '../../components/Loaded'
import { Clock, formatDuration } from '../../components/Time'
import type { Detail } from './detail'
import { attemptOf, channelOf, reasonOf } from './fates'
import classes from './PageList.module.css'
import { incidentQueries } from './queries'

type Notification = Model<'Notification'>

interface Fate {
  icon: TablerIcon
  tone: 'good' | 'bad' | 'open' | 'none'
  words: string
}

/** What became of a page. */
export function fateOf({ state, uncertain, reason, delayed_until: until }: Notification): Fate {
  const because = reason ? `: ${reasonOf(reason)}` : ''
  if (uncertain && state !== 'delivered')
    return { icon: IconHelpCircleFilled, tone: 'open', words: 'It is not known whether it arrived' }
  if (state === 'delivered') return { icon: IconCircleCheckFilled, tone: 'good', words: 'Handed over' }
  if (state === 'failed') return { icon: IconCircleXFilled, tone: 'bad', words: `Failed${because}` }
  if (state === 'cancelled') return { icon: IconSlash, tone: 'none', words: `Not sent any more${because}` }
  return { icon: IconClock, tone: 'open', words: until ? 'Held back by a rule' : 'Going out' }
}

function lasted({ due_at: due, finished_at: finished }: Notification): string | null {
  return finished ? formatDuration((Date.parse(finished) - Date.parse(due)) / 1_000) : null
}

function One({ page }: { page: Notification }) {
  const { icon: Channel, name: channel } = channelOf(page.channel)
  const { icon: Icon, tone, words } = fateOf(page)
  const time = lasted(page)
  return (
    <li className={classes.page}>
      <Channel size={20} stroke={1.6} className={classes.channel} aria-hidden />
      <div className={classes.body}>
        <div className={classes.line}>
          <strong>{page.target_name ?? page.target}</strong>
          <span className={classes.soft}>
            {channel}
            {page.address && `, ${page.address}`}
          </span>
        </div>
        <div className={classes.fate} data-tone={tone}>
          <Icon size={16} aria-hidden /> {words}
          {tone === 'good' && time && <span className={classes.soft}>after {time}</span>}
        </div>
        {page.attempts.length > 1 && (
          <ol className={classes.attempts}>
            {page.attempts.toReversed().map(attempt => (
              <li key={attempt.number}>
                <Clock at={attempt.started_at} /> {attemptOf(attempt)}
              </li>
            ))}
          </ol>
        )}
        {page.unclaimed && <p className={classes.soft}>Sent without the database’s word, which was away.</p>}
      </div>
      <div className={classes.when}>
        <Clock at={page.due_at} />
        <span className={classes.soft}>
          {page.position < 0 ? 'called in' : `step ${page.position + 1}, round ${page.round + 1}`}
        </span>
      </div>
    </li>
  )
}

export function PageList({ incident }: { incident: Detail }) {
  const found = useQuery(incidentQueries(useApi(), incident.id).pages)
  return (
    <Loaded query={found}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon={IconSend} title="Nobody was told">
            No page has been decided on for this incident. “Why” says what was.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {items.toReversed().map(page => (
              <One key={page.id} page={page} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
