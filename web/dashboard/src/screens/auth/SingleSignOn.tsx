/** The way in by the account of one's organization: the button that leads there, and what comes back. */
import { Button, Divider } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Model } from '../../api/types'
import { placeQuery } from '../../auth/place'
import { begin } from '../../auth/session'
import { type Answer, authorization, type Begun, redeem, taken } from '../../auth/singleSignOn'
import { ProblemAlert } from '../../components/ProblemAlert'

const route = getRouteApi('/sign-in')

/** Takes the answer out of the address at once, and begins a session with it. */
export function useReturn() {
  const { code, state, error, error_description } = route.useSearch()
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const isTaken = useRef(false)
  const { mutate, isPending, ...found } = useMutation({
    mutationFn: async ({ answer, begun }: { answer: Answer; begun?: Begun }) => {
      const place = await queries.ensureQueryData(placeQuery)
      return { place, next: begun?.next, tokens: await redeem(place, answer, begun) }
    },
    onSuccess: async ({ place, tokens, next }) => {
      queries.clear()
      begin(place, tokens, { isByProvider: true })
      await navigate({ href: next ?? '/', replace: true })
    },
  })
  useEffect(() => {
    if (isTaken.current || !(code || error)) return
    isTaken.current = true
    const begun = taken(state)
    void navigate({ search: { next: begun?.next }, replace: true })
    mutate({ answer: { code, error, error_description }, begun })
  }, [code, state, error, error_description, mutate, navigate])
  return { isPending: isPending || Boolean(code || error) || found.isSuccess, error: found.error }
}

interface Properties {
  place: Model<'SignInPlace'>
  /** Where one wants to go. */
  next?: string
}

export function SingleSignOn({ place, next }: Properties) {
  const go = useMutation({
    mutationFn: async () => window.location.assign(await authorization(place, next)),
  })
  return (
    <>
      <ProblemAlert error={go.error} />
      <Button
        variant="default"
        fullWidth
        h="auto"
        mih="2.625rem"
        p="xs"
        styles={{ label: { whiteSpace: 'normal', lineHeight: 1.3 } }}
        loading={go.isPending}
        onClick={() => go.mutate()}
      >
        Sign in with your organization’s account
      </Button>
      <Divider label="or with a password" />
    </>
  )
}
