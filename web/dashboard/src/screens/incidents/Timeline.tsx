/** What happened, in words, and a note to add to it. */
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
import type { Model } from '../../api/types'
import { useApi, useMay } from '../../app/organization'
import { Loaded } from '../../components/Loaded'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Clock } from '../../components/Time'
import { useDraft } from '../../components/useDraft'
import type { Detail } from './detail'
import { incidentQueries } from './queries'
import classes from './Timeline.module.css'

type Line = Model<'ExplanationLine'>

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

function Entry({ line }: { line: Line }) {
  const Icon = ICONS[line.what] ?? IconPoint
  const note = line.what === 'note' && typeof line.data.text === 'string' ? line.data.text : null
  const words = line.words.charAt(0).toUpperCase() + line.words.slice(1)
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
            {words}
            {isPerson(line.actor) && (
              <>
                {' '}
                by <strong>{line.actor}</strong>
              </>
            )}
          </>
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
            {lines
              .filter(line => line.source === 'timeline')
              .reverse()
              .map(line => (
                <Entry key={line.id} line={line} />
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
