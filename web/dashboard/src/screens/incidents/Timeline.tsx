/** What happened, in words, newest first, and a note to add to it. */
import { Button, Group, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import {
  IconArrowUpRight,
  IconBellRinging,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconMessage,
  IconPoint,
  IconSend,
  IconUserCheck,
  type TablerIcon,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi, useMay } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Clock } from '../../components/Time'
import { useDraft } from '../../components/useDraft'
import type { Detail } from './detail'
import { channelOf } from './fates'
import { incidentQueries } from './queries'
import { type Receipts, type Told, toldOf, wordsOf } from './story'
import classes from './Timeline.module.css'

const ICONS: Readonly<Record<string, TablerIcon>> = {
  triggered: IconBellRinging,
  acknowledged: IconUserCheck,
  resolved: IconCircleCheck,
  paged: IconSend,
  fallback_paged: IconArrowUpRight,
  notification_delivered: IconCheck,
  notification_failed: IconCircleX,
  note: IconMessage,
}

function isPerson(actor: string | null | undefined): actor is string {
  return Boolean(actor) && !/^(system|integration)\b/.test(actor ?? '')
}

/** By which ways a page was handed over, for each person where there are several. */
function Receipt({ who, channels }: Receipts) {
  return (
    <li>
      <IconCheck size={14} role="img" aria-label="Handed over:" /> {who && `${who}: `}
      {channels.map(one => channelOf(one).name).join(', ')}
    </li>
  )
}

function Entry({ told: { line, receipts } }: { told: Told }) {
  const Icon = ICONS[line.what] ?? IconPoint
  const note = line.what === 'note' && typeof line.data.text === 'string' ? line.data.text : null
  return (
    <li className={classes.entry} data-what={line.what}>
      <span className={classes.icon}>
        <Icon size={16} aria-hidden />
      </span>
      <div className={classes.body}>
        {note !== null ? (
          <>
            <strong>{line.actor ?? 'Somebody'}</strong>
            <p className={classes.note}>{note}</p>
          </>
        ) : (
          <>
            {wordsOf(line)}
            {isPerson(line.actor) && (
              <>
                {' '}
                by <strong>{line.actor}</strong>
              </>
            )}
          </>
        )}
        {receipts.length > 0 && (
          <ul className={classes.receipts}>
            {receipts.map(one => (
              <Receipt key={one.who} {...one} />
            ))}
          </ul>
        )}
      </div>
      <span className={classes.time}>
        <Clock at={line.at} />
      </span>
    </li>
  )
}

export function Timeline({ incident }: { incident: Detail }) {
  const found = useQuery(incidentQueries(useApi(), incident.id).explanation)
  const may = useMay('responder')
  return (
    <>
      {may && <NoteForm incident={incident} />}
      <Loaded query={found}>
        {({ lines }) => (
          <ol className={classes.list} reversed>
            {toldOf(lines)
              .reverse()
              .map(told => (
                <Entry key={told.line.id} told={told} />
              ))}
          </ol>
        )}
      </Loaded>
    </>
  )
}

function NoteForm({ incident }: { incident: Detail }) {
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm({ initialValues: { text: '' } })
  const draft = useDraft(`note.${incident.id}`, form)
  const add = useMutation({
    mutationFn: (text: string) =>
      api.post('/v1/incidents/{incident_id}/notes', { path: { incident_id: incident.id }, body: { text } }),
    onSuccess: () => {
      draft.forget()
      form.reset()
      return queries.invalidateQueries({ queryKey: api.topic('incidents') })
    },
  })
  const text = form.values.text.trim()
  return (
    <form className={classes.form} onSubmit={form.onSubmit(() => add.mutate(text))}>
      <Textarea
        aria-label="Note"
        placeholder="What have you found, what are you trying?"
        autosize
        minRows={1}
        maxRows={8}
        {...form.getInputProps('text')}
      />
      <ProblemAlert error={add.error} />
      {text && (
        <Group justify="flex-end">
          <Button type="submit" size="sm" loading={add.isPending}>
            Add the note
          </Button>
        </Group>
      )}
    </form>
  )
}
