/** The fields of a report. */
import { Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { viewerZone, zoneName } from '../../app/zones'
import { ComponentWords } from './ComponentWords'
import type { Component } from './queries'
import classes from './ReportFields.module.css'
import type { ReportValues } from './reportValues'
import { type ReportKind, type ReportStatus, statusChoices } from './words'

interface Properties {
  form: UseFormReturnType<ReportValues>
  kind: ReportKind
  components: readonly Component[]
  /** What it may be; none where updates say that. */
  statuses?: readonly ReportStatus[]
  /** Whether its text is here, not in updates. */
  hasBody?: boolean
}

export function ReportFields({ form, kind, components, statuses, hasBody = true }: Properties) {
  return (
    <Stack>
      <TextInput
        label="Title"
        description={kind === 'incident' ? 'What people notice: “Slow checkout”.' : 'As “Database upgrade”.'}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps('title')}
      />
      {statuses && (
        <Select label="Status" allowDeselect={false} data={statusChoices(statuses)} {...form.getInputProps('status')} />
      )}
      {hasBody && (
        <Textarea
          label="Text"
          description="For people outside, without internals. An empty line begins a paragraph."
          required
          withAsterisk={false}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={20_000}
          {...form.getInputProps('body')}
        />
      )}
      <ComponentWords
        label="Affected components"
        components={components}
        none="Without any, it is about the page as a whole."
        isBare={kind === 'maintenance'}
        {...form.getInputProps('components')}
      />
      {kind === 'incident' ? <Began form={form} /> : <Schedule form={form} />}
    </Stack>
  )
}

function Began({ form }: Pick<Properties, 'form'>) {
  return (
    <TextInput
      type="datetime-local"
      label="It began"
      description={`In ${zoneName(viewerZone)}. Empty: now.`}
      {...form.getInputProps('started')}
    />
  )
}

function Schedule({ form }: Pick<Properties, 'form'>) {
  const zone = zoneName(viewerZone)
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          type="datetime-local"
          label="From"
          description={`In ${zone}`}
          required
          withAsterisk={false}
          {...form.getInputProps('from')}
        />
        <TextInput
          type="datetime-local"
          label="Until"
          description={`In ${zone}`}
          required
          withAsterisk={false}
          {...form.getInputProps('until')}
        />
      </div>
      <Switch
        label="Begin and end by itself"
        description="Else somebody says when, by updates."
        {...form.getInputProps('moves_by_schedule', { type: 'checkbox' })}
      />
      <Switch
        label="Page nobody meanwhile"
        description="A maintenance window covers the services and monitors behind its components."
        {...form.getInputProps('mutes', { type: 'checkbox' })}
      />
    </>
  )
}
