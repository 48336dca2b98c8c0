/** A test page to a contact method: sent, and followed until something has become of it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Model } from '../../api/types'
import { useApi } from '../../app/organization'
import { useReachChanged } from './access'
import type { Method } from './channels'

export type Trial = Model<'MethodTest'>

const LOOK_MS = 1_000
/** After so long without a word it is asked less often. */
const EAGER_MS = 30_000
const LATER_MS = 5_000

export function useTrial(method: Method) {
  const api = useApi()
  const changed = useReachChanged()
  const path = { user_id: method.user_id, method_id: method.id }
  const begun = useRef(0)
  const send = useMutation({
    mutationFn: () => api.post('/v1/users/{user_id}/contact-methods/{method_id}/tests', { path }),
    onSuccess: () => {
      begun.current = performance.now()
    },
  })
  const id = send.data?.id ?? ''
  const followed = useQuery({
    ...api.get('/v1/users/{user_id}/contact-methods/{method_id}/tests/{test_id}', { path: { ...path, test_id: id } }),
    enabled: id !== '',
    initialData: send.data,
    refetchInterval: ({ state: { data } }) => {
      if (data && data.state !== 'queued') return false
      return performance.now() - begun.current < EAGER_MS ? LOOK_MS : LATER_MS
    },
  })
  const test = id ? followed.data : undefined
  const settle = useRef(changed)
  settle.current = changed
  useEffect(() => {
    // a test that is taken may have proven it, and one that is gone for good switches it off
    if (test && test.state !== 'queued') void settle.current()
  }, [test])
  return { send, test }
}
