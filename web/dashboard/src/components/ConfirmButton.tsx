/** A button for what can't be taken back: it asks first, says what will happen, and shows when that failed. */
import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemAlert } from './ProblemAlert'

interface Properties extends ButtonProps {
  /** The question, as `Delete payments?`. */
  question: string
  /** What happens then. */
  consequence: ReactNode
  /** The word on the button that does it; the button's own label unless given. */
  confirm?: string
  /** Shown when pointed at, as why it is disabled. */
  title?: string
  onConfirm: () => Promise<unknown>
  children: string
}

export function ConfirmButton({ question, consequence, confirm, onConfirm, children, ...button }: Properties) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const doing = useMutation({ mutationFn: onConfirm, onSuccess: close })
  const begin = () => {
    doing.reset()
    open()
  }
  return (
    <>
      <Button variant="default" {...button} c={button.disabled ? undefined : button.c} onClick={begin}>
        {children}
      </Button>
      <Modal opened={isOpen} onClose={close} title={question}>
        <Stack>
          <Text size="sm">{consequence}</Text>
          <ProblemAlert error={doing.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              Cancel
            </Button>
            <Button color="red" loading={doing.isPending} onClick={() => doing.mutate()}>
              {confirm ?? children}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
