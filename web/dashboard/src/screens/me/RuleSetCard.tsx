/** The rules for one urgency: as a line of moments to be read, and opened to be written. */
import { Alert, Button, Card, Group, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useOrganization } from '../../app/organization'
import { LinkButton } from '../../components/links'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNotReach } from './access'
import type { Method } from './channels'
import { Moments } from './Moments'
import classes from './RuleSetCard.module.css'
import { RuleSetEditor } from './RuleSetEditor'
import { copied, plannedOf, type SetValues, setErrors, setValues } from './ruleValues'
import { type RuleSet, URGENCIES, urgencyName, type Warning, warningsOf } from './ruleWords'

interface Properties {
  set: RuleSet
  other: RuleSet | undefined
  methods: readonly Method[]
}

export function RuleSetCard({ set, other, methods }: Properties) {
  const why = useWhyNotReach(set.user_id)
  const form = useForm<SetValues>({ initialValues: setValues(set), validate: setErrors })
  const { begun, begin } = useBegun(set, form, setValues, () => draft.forget())
  const draft = useDraft(`rules.${set.user_id}.${set.urgency}`, form, begun.version)
  const [isOpen, setOpen] = useState(false)
  const isEdited = why === null && (isOpen || form.isDirty())
  const { name, about } = URGENCIES.find(one => one.urgency === set.urgency) ?? { name: set.urgency, about: '' }
  const planned = isEdited ? plannedOf(form.values.rules, methods) : set.rules
  const close = (found: RuleSet) => {
    begin(found)
    setOpen(false)
  }
  const copy = () => {
    if (other) form.setFieldValue('rules', copied(other))
    setOpen(true)
  }
  return (
    <Card component="section" aria-label={name}>
      <Head name={name} about={about} set={set} />
      <Warnings found={warningsOf(set.urgency, planned, methods)} />
      {!isEdited && <Moments rules={set.rules} />}
      {isEdited && (
        <RuleSetEditor
          form={form}
          begun={begun}
          version={draft.version}
          methods={methods}
          onEnd={close}
          onCancel={() => close(set)}
        />
      )}
      {!isEdited && methods.length > 0 && (
        <Group gap="xs" mt="md">
          <Button variant="default" disabled={why !== null} title={why ?? undefined} onClick={() => setOpen(true)}>
            {set.is_default ? 'Make rules' : 'Change'}
          </Button>
          {other && !other.is_default && (
            <Button variant="default" disabled={why !== null} title={why ?? undefined} onClick={copy}>
              Copy from {urgencyName(other.urgency)}
            </Button>
          )}
        </Group>
      )}
      {methods.length === 0 && why === null && <AddFirst userId={set.user_id} />}
    </Card>
  )
}

function Head({ name, about, set }: { name: string; about: string; set: RuleSet }) {
  return (
    <div className={classes.head}>
      <Title order={2} size="h3">
        {name}
      </Title>
      <Text size="sm" c="dimmed">
        {about}{' '}
        {set.is_default ? 'There are no rules: all contact methods are paged at once.' : `Version ${set.version}.`}
      </Text>
    </div>
  )
}

function Warnings({ found }: { found: readonly Warning[] }) {
  return found.map(({ level, words }) => (
    <Alert
      key={words}
      mb="sm"
      role="status"
      color={level === 'error' ? 'red' : 'yellow'}
      icon={<IconAlertTriangle aria-hidden />}
    >
      {words}
    </Alert>
  ))
}

function AddFirst({ userId }: { userId: string }) {
  const { id: org } = useOrganization()
  return (
    <LinkButton to="/o/$org/people/$user" params={{ org, user: userId }} search={{ add: 'email' }}>
      Add a contact method
    </LinkButton>
  )
}
