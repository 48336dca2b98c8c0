/** Mails a code to a contact method. */
import { useMutation } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { notifyDone, notifyProblem } from '../../components/notices'
import { useReachChanged } from './access'
import type { Method } from './channels'

export function useSendCode({ user_id, id, address }: Method) {
  const api = useApi()
  const changed = useReachChanged()
  return useMutation({
    mutationFn: () =>
      api.post('/v1/users/{user_id}/contact-methods/{method_id}/verify', { path: { user_id, method_id: id } }),
    onSuccess: () => {
      notifyDone(`A code is on its way to ${address}.`)
      return changed()
    },
    onError: notifyProblem,
  })
}
