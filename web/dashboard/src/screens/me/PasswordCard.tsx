/** Another password in the place of one's own. */
import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { SignInRefused } from '../../auth/cognito'
import { changePassword } from '../../auth/myself'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Section } from '../settings/Section'

const SHORTEST = 12

export function PasswordCard() {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <Section
      title="Password"
      action={
        <Button variant="default" onClick={open}>
          Change…
        </Button>
      }
    >
      At least {SHORTEST} characters; a few words do well. It never leaves this browser when you sign in.
      <Modal opened={isOpen} onClose={close} title="Another password">
        <Editor onClose={close} />
      </Modal>
    </Section>
  )
}

function Editor({ onClose }: { onClose: () => void }) {
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: { next: given => (given.length < SHORTEST ? `It takes ${SHORTEST} characters.` : null) },
  })
  const change = useMutation({
    mutationFn: ({ current, next }: typeof form.values) => changePassword(current, next),
    onSuccess: () => {
      onClose()
      notifyDone('Your password is changed. Other devices stay signed in; you can sign out everywhere.')
    },
    onError: error => {
      if (isWrongPassword(error)) form.setFieldError('current', 'That is not your password.')
    },
  })
  return (
    <form onSubmit={form.onSubmit(values => change.mutate(values))}>
      <Stack>
        {!isWrongPassword(change.error) && <ProblemAlert error={change.error} />}
        <PasswordInput
          label="Password now"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps('next')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof SignInRefused && error.code === 'NotAuthorizedException' && /password/i.test(error.message)
}
