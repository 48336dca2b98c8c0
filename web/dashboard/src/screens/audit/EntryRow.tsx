/** An entry: a sentence, and opened what differs, from where, and what else belongs to it. */
import { Collapse, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useOrganization } from '../../app/organization'
import { placeOf } from '../../app/places'
import { actorName } from '../../app/useActors'
import { LinkAnchor } from '../../components/links'
import { formatInstant, Time } from '../../components/Time'
import classes from './Audit.module.css'
import { ChangeTable } from './ChangeTable'
import { actorOf, type Entry, kindName, nameOf, sentenceOf } from './words'

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

interface Properties {
  entry: Entry
  names: ReadonlyMap<string, string>
}

export function EntryRow({ entry, names }: Properties) {
  const [isOpen, { toggle }] = useDisclosure(false)
  return (
    <li className={classes.entry} data-open={isOpen || undefined}>
      <div className={classes.head}>
        <time dateTime={entry.at} title={formatInstant(entry.at)} className={classes.time}>
          {clock.format(new Date(entry.at))}
        </time>
        <p className={classes.sentence}>
          <Sentence entry={entry} names={names} />
        </p>
        <UnstyledButton className={classes.open} aria-expanded={isOpen} aria-label="Details" onClick={toggle}>
          <IconChevronDown size={18} aria-hidden />
        </UnstyledButton>
      </div>
      <Collapse expanded={isOpen}>{isOpen && <Details entry={entry} names={names} />}</Collapse>
    </li>
  )
}

function Sentence({ entry, names }: Properties) {
  const who = actorName(actorOf(entry), names)
  const own = entry.subject_kind === 'membership' && entry.subject_id === entry.actor_id
  const said = own && entry.action === 'membership.created' ? 'became a member' : sentenceOf(entry.action)
  const [before = '', after = ''] = said.split('{}')
  return (
    <>
      <b>{who}</b> {before.trimEnd()}
      {said.includes('{}') && (
        <>
          {' '}
          <Thing entry={entry} names={names} />
        </>
      )}
      {after}
    </>
  )
}

/** The thing by its name, as a link while it is there. */
function Thing({ entry, names }: Properties) {
  const { id: org } = useOrganization()
  const { action, subject_kind: kind, subject_id: id, before, after } = entry
  const whose = kind === 'notification_rules' || kind === 'contact_method' ? (after ?? before)?.user_id : undefined
  const of = typeof whose === 'string' ? names.get(whose) : undefined
  const name = (kind === 'notification_rules' ? of : null) ?? names.get(id) ?? nameOf(entry)
  if (name === null) return null
  const isGone = /\.(deleted|removed|left)$/.test(action)
  const place = isGone ? null : placeOf(org, kind, id, after ?? before ?? {})
  return place ? (
    <Link className={classes.thing} {...place}>
      {name}
    </Link>
  ) : (
    <span className={classes.name}>{name}</span>
  )
}

function Details({ entry, names }: Properties) {
  const { id: org } = useOrganization()
  const { subject_kind, subject_id, request_id, source_address: address } = entry
  return (
    <div className={classes.details}>
      <ChangeTable entry={entry} names={names} />
      <p className={classes.facts}>
        <span>
          {formatInstant(entry.at)} (<Time at={entry.at} />)
        </span>
        {address && (
          <span>
            from <code>{address}</code>
          </span>
        )}
        <code>{entry.action}</code>
      </p>
      <p className={classes.links}>
        <LinkAnchor fz="inherit" to="/o/$org/audit" params={{ org }} search={{ subject_kind, subject_id }}>
          All about this {kindName(subject_kind)}
        </LinkAnchor>
        <LinkAnchor fz="inherit" to="/o/$org/audit" params={{ org }} search={{ actor: actorOf(entry) }}>
          All by {actorName(actorOf(entry), names)}
        </LinkAnchor>
        {request_id && (
          <LinkAnchor fz="inherit" to="/o/$org/audit" params={{ org }} search={{ request_id }}>
            All of this request
          </LinkAnchor>
        )}
      </p>
    </div>
  )
}
