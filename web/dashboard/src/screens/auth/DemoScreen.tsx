/** Opens a visit to the demo, at once. */
import { Button, Loader, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { postOpenly } from '../../api/client'
import { beginVisit } from '../../auth/session'
import { LinkAnchor } from '../../components/links'
import { ProblemAlert } from '../../components/ProblemAlert'
import { AuthPage } from './AuthPage'

const route = getRouteApi('/demo')

export function DemoScreen() {
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const open = useMutation({
    mutationFn: () => postOpenly('/v1/demo/sessions'),
    onSuccess: async visit => {
      queries.clear()
      beginVisit(visit)
      await navigate({ to: '/o/$org/incidents', params: { org: visit.organization.id }, replace: true })
    },
  })
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    open.mutate()
  }, [open])
  return (
    <AuthPage
      title="The demo"
      intro="An organization that is made up, as it looks after some weeks of use. It is read-only."
      footer={<LinkAnchor to="/sign-in">Sign in instead</LinkAnchor>}
    >
      {open.error ? (
        <Stack>
          <ProblemAlert error={open.error} />
          <Button onClick={() => open.mutate()}>Try again</Button>
        </Stack>
      ) : (
        <Stack align="center">
          <Loader role="status" aria-label="Opening" />
        </Stack>
      )}
    </AuthPage>
  )
}
