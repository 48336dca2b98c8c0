/** What was said, newest first; its text can be mended, and the last one taken back. */
import { ActionIcon, Card, Menu } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { useState } from 'react'
import type { Model } from '../../api/types'
import { useMay } from '../../app/organization'
import { useActors } from '../../app/useActors'
import { StatusBadge } from '../../components/StatusBadge'
import { Clock } from '../../components/Time'
import { MendModal } from './MendModal'
import type { Report } from './queries'
import { TakeBackModal } from './TakeBackModal'
import classes from './UpdateList.module.css'
import { COMPONENT_STATUSES, type ComponentStatus, REPORT_LOOKS } from './words'

export type Update = Model<'StatusUpdate'>

const WORDS = Object.fromEntries(COMPONENT_STATUSES.map(one => [one.value, one.label.toLowerCase()])) as Record<
  ComponentStatus,
  string
>

export function UpdateList({ report }: { report: Report }) {
  const [mended, setMended] = useState<Update>()
  const [ended, setEnded] = useState<Update>()
  // While it is a draft its only update is in the form.
  if (report.state === 'draft' && report.updates.length < 2) return null
  return (
    <Card>
      <ol className={classes.list} aria-label="Updates" reversed>
        {report.updates.map(update => (
          <Entry
            key={update.id}
            update={update}
            isOnly={report.updates.length < 2}
            isFixed={report.state === 'discarded'}
            onMend={() => setMended(update)}
            onEnd={() => setEnded(update)}
          />
        ))}
      </ol>
      <MendModal report={report} update={mended} onClose={() => setMended(undefined)} />
      <TakeBackModal report={report} update={ended} onClose={() => setEnded(undefined)} />
    </Card>
  )
}

interface EntryProperties {
  update: Update
  isOnly: boolean
  isFixed: boolean
  onMend: () => void
  onEnd: () => void
}

function Entry({ update, isOnly, isFixed, onMend, onEnd }: EntryProperties) {
  const may = useMay('responder')
  const actor = useActors()
  const look = REPORT_LOOKS[update.status]
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <StatusBadge state={look.state} word={look.word} plain />
        <span className={classes.by}>
          <Clock at={update.display_at} /> by {actor(update.created_by)}
          {update.told_at && ', subscribers were told'}
        </span>
        {may && !isFixed && (
          <Menu width={200}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label="Actions for the update">
                <IconDotsVertical size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onMend}>Mend its text…</Menu.Item>
              <Menu.Item color="red" disabled={isOnly} onClick={onEnd}>
                Take it back…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className={classes.text}>{update.body}</p>
      {update.affected.map(one => (
        <p key={one.component_id} className={classes.change}>
          <strong>{one.name}</strong>:{' '}
          {one.old_status === one.new_status
            ? WORDS[one.new_status]
            : `${WORDS[one.old_status]} → ${WORDS[one.new_status]}`}
        </p>
      ))}
    </li>
  )
}
