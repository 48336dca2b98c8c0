/** Ends one's account, once no organization needs one as its owner. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Problem } from '../../api/problem'
import { meQuery, nobodys } from '../../app/me'
import { deleteUser } from '../../auth/myself'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Section } from '../settings/Section'

export function DeleteAccountCard() {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <Section
      title="Delete my account"
      action={
        <Button variant="default" c="red" onClick={open}>
          Delete…
        </Button>
      }
    >
      Ends it in all organizations, with your contact methods and personal API keys.
      <Modal opened={isOpen} onClose={close} title="Delete my account">
        <Editor onClose={close} />
      </Modal>
    </Section>
  )
}

/** The account goes first, then its user of the sign-in; who tries again after half of that does the rest. */
async function deleteAll(): Promise<void> {
  try {
    await nobodys.delete('/v1/me')
  } catch (error) {
    if (!(error instanceof Problem && (error.status === 401 || error.status === 404))) throw error
  }
  await deleteUser()
}

function Editor({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const email = useQuery(meQuery).data?.email ?? ''
  const [typed, setTyped] = useState('')
  const end = useMutation({
    mutationFn: deleteAll,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' })
      notifyDone('Your account is deleted.')
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        end.mutate()
      }}
    >
      <Stack>
        <Text size="sm">
          You leave every organization at once; policies and schedules that name you page nobody in your place. What you
          did stays in their logs, without your name. This can’t be taken back.
        </Text>
        <ProblemAlert error={end.error} />
        <TextInput
          label={`Type your e-mail address: ${email}`}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="red"
            disabled={email === '' || typed.trim().toLowerCase() !== email.toLowerCase()}
            loading={end.isPending}
          >
            Delete my account
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
