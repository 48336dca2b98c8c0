/** The address one signs in with, and another one in its place: by a code that is mailed there. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconMailExclamation } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../app/me'
import { changeEmail, confirmEmail, refreshed } from '../../auth/myself'
import { isByProvider } from '../../auth/session'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Section } from '../settings/Section'

export function EmailCard({ email, refused }: { email: string; refused: string | null }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      {refused && (
        <Alert color="yellow" icon={<IconMailExclamation aria-hidden />} title="Another account has that address">
          You sign in with {refused}, which another account here has already: you are known by {email} still. Change it
          back, or delete the other account.
        </Alert>
      )}
      <Section
        title="E-mail"
        action={
          isByProvider() ? undefined : (
            <Button variant="default" onClick={open}>
              Change…
            </Button>
          )
        }
      >
        You sign in with <strong>{email}</strong>. Pages go to your contact methods.
        <Modal opened={isOpen} onClose={close} title="Another e-mail address">
          <Editor email={email} onClose={close} />
        </Modal>
      </Section>
    </>
  )
}

function Editor({ email, onClose }: { email: string; onClose: () => void }) {
  const queries = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const form = useForm({
    initialValues: { email: '', code: '' },
    validate: { email: given => (given.trim().toLowerCase() === email ? 'is the one you have' : null) },
  })
  const go = useMutation({
    mutationFn: async (values: typeof form.values) => {
      if (!isAsked && (await changeEmail(values.email.trim()))) return false
      if (isAsked) await confirmEmail(values.code.trim())
      await refreshed()
      return true
    },
    onSuccess: async isDone => {
      if (!isDone) return setAsked(true)
      onClose()
      notifyDone(`From now on you sign in with ${form.values.email.trim()}.`)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
  return (
    <form onSubmit={form.onSubmit(values => go.mutate(values))}>
      <Stack>
        <ProblemAlert error={go.error} />
        {isAsked ? (
          <>
            <Text size="sm">
              A code was mailed to <strong>{form.values.email.trim()}</strong>. Until you give it, you sign in with{' '}
              {email}.
            </Text>
            <TextInput
              key="code"
              label="Code"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              data-autofocus
              {...form.getInputProps('code')}
            />
          </>
        ) : (
          <TextInput
            label="New e-mail address"
            description="A code is mailed to it."
            type="email"
            autoComplete="email"
            required
            withAsterisk={false}
            data-autofocus
            {...form.getInputProps('email')}
          />
        )}
        <Group justify="flex-end">
          {isAsked && (
            <Button
              variant="default"
              onClick={() => {
                go.reset()
                setAsked(false)
              }}
            >
              Another address
            </Button>
          )}
          <Button type="submit" loading={go.isPending}>
            {isAsked ? 'Confirm it' : 'Mail me a code'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
