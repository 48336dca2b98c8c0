/** Enrols an authenticator app: a secret as a QR code or to be typed, and a code of it that proves it came over. */
import { Loader, PinInput, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../app/me'
import { enrol, newSecret } from '../../auth/myself'
import { CopyText } from '../../components/CopyText'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import classes from './EnrolSteps.module.css'
import { pathOf, QUIET_ZONE, uriOf } from './qr'

const DIGITS = 6

/** A secret and its picture, new each time the steps are begun. */
function useSecret(email: string) {
  return useQuery({
    queryKey: [null, 'authenticator', 'secret'],
    queryFn: async () => {
      const [secret, { default: qrcode }] = await Promise.all([newSecret(), import('qrcode')])
      const { modules } = qrcode.create(uriOf(secret, email), { errorCorrectionLevel: 'M' })
      return { secret, size: modules.size + 2 * QUIET_ZONE, path: pathOf(modules) }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

export function EnrolSteps({ onDone }: { onDone: () => Promise<void> }) {
  const me = useQuery(meQuery)
  const found = useSecret(me.data?.email ?? '')
  const [code, setCode] = useState('')
  const [wrongs, setWrongs] = useState(0)
  const confirm = useMutation({
    mutationFn: (given: string) => enrol(given),
    onSuccess: () => {
      notifyDone('Every sign-in asks for a code from your phone from now on.')
      return onDone()
    },
    onError: () => {
      setCode('')
      setWrongs(before => before + 1)
    },
  })
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div className={classes.waiting}>
        <Loader role="status" aria-label="Loading" />
      </div>
    )
  const { secret, size, path } = found.data
  return (
    <Stack>
      <Text size="sm">Scan this with an authenticator app, as 1Password, Aegis or Google Authenticator.</Text>
      <svg className={classes.picture} viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the secret">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <details className={classes.typed}>
        <summary>Or type the secret</summary>
        <CopyText text={secret.replace(/(.{4})(?=.)/g, '$1 ')} label="secret" />
      </details>
      <Text size="sm">Then give the code that it shows.</Text>
      <PinInput
        key={wrongs}
        autoFocus={wrongs > 0}
        className={classes.pins}
        length={DIGITS}
        type="number"
        oneTimeCode
        aria-label="Code of the app"
        value={code}
        disabled={confirm.isPending}
        error={Boolean(confirm.error)}
        onChange={setCode}
        onComplete={given => confirm.mutate(given)}
      />
      <ProblemAlert error={confirm.error} />
    </Stack>
  )
}
