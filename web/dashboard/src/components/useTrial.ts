/** A test page: sent, and followed until something has become of it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Query } from '../api/client'
import type { Model } from '../api/types'

export type Trial = Pick<Model<'MethodTest'>, 'id' | 'state' | 'detail' | 'created_at' | 'ended_at'>

const LOOK_MS = 1_000
/** After so long without a word it is asked less often. */
const EAGER_MS = 30_000
const LATER_MS = 5_000

interface Properties<T> {
  post: () => Promise<T>
  reading: (id: string) => Query<T>
  /** Called when something has become of it: it may have changed what it was sent to. */
  onEnd?: () => unknown
}

export function useTrial<T extends Trial>({ post, reading, onEnd }: Properties<T>) {
  const begun = useRef(0)
  const send = useMutation({
    mutationFn: post,
    onSuccess: () => {
      begun.current = performance.now()
    },
  })
  const id = send.data?.id ?? ''
  const followed = useQuery<T>({
    ...reading(id),
    enabled: id !== '',
    initialData: send.data,
    refetchInterval: ({ state: { data } }) => {
      if (data && data.state !== 'queued') return false
      return performance.now() - begun.current < EAGER_MS ? LOOK_MS : LATER_MS
    },
  })
  const test = id ? followed.data : undefined
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    if (test && test.state !== 'queued') void end.current?.()
  }, [test])
  return { send, test }
}
