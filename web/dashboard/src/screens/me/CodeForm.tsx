/** Takes the code that was mailed to a contact method. */
import { Button, PinInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { describe, fieldErrors } from '../../api/problem'
import { useApi } from '../../app/organization'
import { notifyDone } from '../../components/notices'
import { Time } from '../../components/Time'
import { useReachChanged } from './access'
import type { Method } from './channels'
import classes from './MethodRow.module.css'
import { useSendCode } from './useSendCode'

const DIGITS = 6

export function CodeForm({ method }: { method: Method }) {
  const api = useApi()
  const changed = useReachChanged()
  const [code, setCode] = useState('')
  const [wrongs, setWrongs] = useState(0)
  const path = { user_id: method.user_id, method_id: method.id }
  const confirm = useMutation({
    mutationFn: (given: string) =>
      api.post('/v1/users/{user_id}/contact-methods/{method_id}/confirm', { path, body: { code: given } }),
    onSuccess: () => {
      notifyDone(`${method.label.slice(0, 80)} is verified.`)
      return changed()
    },
    onError: () => {
      setCode('')
      setWrongs(before => before + 1)
    },
  })
  const again = useSendCode(method)
  const wrong = fieldErrors(confirm.error).code
  return (
    <div className={classes.code}>
      <p>
        A code was mailed to <strong>{method.address}</strong>.{' '}
        {method.verification_ends_at && (
          <>
            It can be given for another <Time at={method.verification_ends_at} bare />.
          </>
        )}
      </p>
      <div className={classes.pins}>
        <PinInput
          key={wrongs}
          autoFocus={wrongs > 0}
          length={DIGITS}
          type="number"
          oneTimeCode
          aria-label={`Code for ${method.label}`}
          value={code}
          disabled={confirm.isPending}
          error={Boolean(confirm.error)}
          onChange={setCode}
          onComplete={given => confirm.mutate(given)}
        />
        <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          Mail another code
        </Button>
      </div>
      {confirm.error && (
        <p className={classes.error} role="alert">
          {wrong ? `The code ${wrong}.` : describe(confirm.error)}
        </p>
      )}
    </div>
  )
}
