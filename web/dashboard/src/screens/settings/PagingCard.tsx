/** Whether anybody is paged: all paging can be stopped for at most a day, and what is due meanwhile waits. */
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../app/organization'
import { notifyDone, notifyProblem } from '../../components/notices'
import { Clock } from '../../components/Time'
import { useWhyNot } from '../../components/WhyNot'
import { PagingStopped } from '../incidents/PagingStopped'
import type { Organization } from './GeneralForm'
import { PagingStopModal } from './PagingStopModal'
import { Section } from './Section'

/** What to do once paging has been stopped or goes on: whatever shows it is asked anew. */
export function usePagingChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: api.topic('organization') })
    await queries.invalidateQueries({ queryKey: api.topic('incidents') })
  }
}

export function PagingCard({ organization }: { organization: Organization }) {
  const api = useApi()
  const why = useWhyNot('admin')
  const changed = usePagingChanged()
  const [isOpen, { open, close }] = useDisclosure(false)
  const stop = organization.paging_stop
  const resume = useMutation({
    mutationFn: () => api.delete('/v1/organization/paging-stop'),
    onSuccess: () => notifyDone('Paging goes on. What has waited goes out if it is still wanted.'),
    onError: notifyProblem,
    onSettled: changed,
  })
  return (
    <>
      <PagingStopped stop={stop} />
      <Section
        title={stop ? 'Paging is stopped' : 'Paging'}
        action={
          stop ? (
            <Button disabled={why !== null} loading={resume.isPending} onClick={() => resume.mutate()}>
              Let paging go on
            </Button>
          ) : (
            <Button variant="default" c={why === null ? 'red' : undefined} disabled={why !== null} onClick={open}>
              Stop all paging…
            </Button>
          )
        }
      >
        {stop ? (
          <>
            By {stop.stopped_by_name ?? stop.stopped_by}, since <Clock at={stop.started_at} />.
          </>
        ) : (
          'People are paged as their policies say. In a flood, or before a big move, all of it can be stopped for at most a day: incidents still open, and what is due meanwhile waits.'
        )}
      </Section>
      <PagingStopModal isOpen={isOpen} onClose={close} />
    </>
  )
}
