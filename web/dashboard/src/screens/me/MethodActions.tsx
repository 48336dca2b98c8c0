/** What can be done with a contact method. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useNow } from '../../components/Time'
import type { useTrial } from '../../components/useTrial'
import { reachQueries, useReachChanged } from './access'
import { awaitsCode, type Method, takesCode } from './channels'
import classes from './MethodRow.module.css'
import { goesWithIt, removedWords } from './ruleWords'
import { useSendCode } from './useSendCode'

interface Properties {
  method: Method
  isLast: boolean
  trial: ReturnType<typeof useTrial>
  why: string | null
}

export function MethodActions({ method, isLast, trial, why }: Properties) {
  const now = useNow()
  const code = useSendCode(method)
  const isOn = !method.disabled_at
  const wantsCode = isOn && !method.verified_at && takesCode(method.channel) && !awaitsCode(method, now)
  const isUnproven = isOn && !method.verified_at && !takesCode(method.channel)
  const reason = { disabled: why !== null, title: why ?? undefined }
  return (
    <>
      <ProblemAlert error={trial.send.error} />
      <div className={classes.actions}>
        {wantsCode && (
          <Button size="xs" {...reason} loading={code.isPending} onClick={() => code.mutate()}>
            Verify it
          </Button>
        )}
        {isOn && (
          <Button
            size="xs"
            variant={isUnproven ? 'filled' : 'default'}
            {...reason}
            loading={trial.send.isPending || trial.test?.state === 'queued'}
            onClick={() => trial.send.mutate()}
          >
            {isUnproven ? 'Verify it by a test page' : 'Send a test page'}
          </Button>
        )}
        {isOn && <SwitchOff method={method} reason={reason} />}
        <Remove method={method} isLast={isLast} reason={reason} />
      </div>
    </>
  )
}

interface Ending {
  method: Method
  reason: { disabled: boolean; title: string | undefined }
}

function SwitchOff({ method, reason }: Ending) {
  const api = useApi()
  const changed = useReachChanged()
  const path = { user_id: method.user_id, method_id: method.id }
  const off = async () => {
    await api.post('/v1/users/{user_id}/contact-methods/{method_id}/disable', { path })
    await changed()
  }
  return (
    <ConfirmButton
      size="xs"
      {...reason}
      question={`Switch off ${method.label.slice(0, 80)}?`}
      consequence="No page goes there from this moment on, and what is held back for it is not sent. Rules that name it stay, and pass it over. It can’t be switched on again: to use it, add it anew."
      confirm="Switch it off"
      onConfirm={off}
    >
      Switch off
    </ConfirmButton>
  )
}

function Remove({ method, isLast, reason }: Ending & { isLast: boolean }) {
  const api = useApi()
  const changed = useReachChanged()
  const rules = useQuery(reachQueries(api, method.user_id).rules)
  const path = { user_id: method.user_id, method_id: method.id }
  const remove = async () => {
    const gone = await api.delete('/v1/users/{user_id}/contact-methods/{method_id}', { path })
    notifyDone(removedWords(gone))
    await changed()
  }
  return (
    <ConfirmButton
      size="xs"
      c="red"
      {...reason}
      question={`Remove ${method.label.slice(0, 80)}?`}
      consequence={`${isLast ? 'It is the last one: no page reaches anybody any more. ' : ''}${goesWithIt(method.id, rules.data?.items ?? [])}`}
      confirm="Remove it"
      onConfirm={remove}
    >
      Remove
    </ConfirmButton>
  )
}
