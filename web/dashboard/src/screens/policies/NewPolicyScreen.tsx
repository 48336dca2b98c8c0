/** A new escalation policy, begun with one step. */
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fieldErrors } from '../../api/problem'
import { useApi, useMay, useOrganization } from '../../app/organization'
import { viewerZone } from '../../app/zones'
import { notifyDone } from '../../components/notices'
import { Page } from '../../components/Page'
import { ProblemAlert } from '../../components/ProblemAlert'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { PolicyEditor } from './PolicyEditor'
import { newStep, type PolicyValues, policyErrors, policyInput } from './policyForm'

const ROUND_DELAY = 300

export function NewPolicyScreen() {
  const { id: org, teams } = useOrganization()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const isAdmin = useMay('admin')
  const why = useWhyNot('admin', 'any')
  const form = useForm<PolicyValues>({
    initialValues: {
      name: '',
      team_id: (!isAdmin && teams.find(team => team.role === 'lead')?.id) || null,
      rounds: 1,
      round_delay_seconds: ROUND_DELAY,
      time_zone: viewerZone,
      fallback: [],
      steps: [newStep(true)],
    },
    validate: policyErrors,
  })
  const draft = useDraft('policy.new', form)
  const save = useMutation({
    mutationFn: (values: PolicyValues) => api.post('/v1/escalation-policies', { body: policyInput(values) }),
    onSuccess: async made => {
      draft.forget()
      notifyDone('The policy is made. Give it to a service, and simulate what happens.')
      void queries.invalidateQueries({ queryKey: api.topic('escalation-policies') })
      await navigate({ to: '/o/$org/policies/$policy', params: { org, policy: made.id } })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  const leave = () => {
    draft.forget()
    form.reset()
    void navigate({ to: '/o/$org/policies', params: { org } })
  }
  return (
    <Page
      title="New escalation policy"
      description="Whom to page first, and who comes next when nobody answers."
      back={{ label: 'Escalation', to: '/o/$org/policies', params: { org } }}
    >
      <PolicyEditor
        form={form}
        isNew
        disabled={why !== null}
        isSaving={save.isPending}
        saveLabel="Make the policy"
        onSubmit={values => save.mutate(values)}
        onReset={leave}
        notes={
          <>
            <WhyNot role="admin" team="any" />
            <ProblemAlert error={save.error} />
          </>
        }
      />
    </Page>
  )
}
