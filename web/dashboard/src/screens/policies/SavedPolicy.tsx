/** The steps of a policy, to be changed; a change makes a version. */
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { Findings } from '../../components/Findings'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { StaleAlert } from '../../components/StaleAlert'
import { useBegun } from '../../components/useBegun'
import { useDraft } from '../../components/useDraft'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import { PolicyEditor } from './PolicyEditor'
import { broughtBack, type Policy, type PolicyValues, policyErrors, policyInput, policyValues } from './policyForm'

const route = getRouteApi('/o/$org/policies/$policy')

export function SavedPolicy({ policy }: { policy: Policy }) {
  const api = useApi()
  const queries = useQueryClient()
  const { restore } = route.useSearch()
  const navigate = route.useNavigate()
  const why = useWhyNot('admin', policy.team_id)
  const form = useForm<PolicyValues>({ initialValues: policyValues(policy), validate: policyErrors })
  const { begun, begin } = useBegun(policy, form, policyValues, () => draft.forget())
  const draft = useDraft(`policy.${policy.id}`, form, begun.version)
  const path = { policy_id: policy.id }
  const query = api.get('/v1/escalation-policies/{policy_id}', { path })
  const save = useMutation({
    mutationFn: (values: PolicyValues) =>
      api.put('/v1/escalation-policies/{policy_id}', { path, body: policyInput(values), version: draft.version }),
    onSuccess: saved => {
      queries.setQueryData(query.queryKey, saved)
      begin(saved)
      notifyDone(`Version ${saved.version} is in effect for new incidents.`)
      void queries.invalidateQueries({ queryKey: api.topic('lint') })
      return queries.invalidateQueries({ queryKey: api.topic('escalation-policies') })
    },
    onError: error => form.setErrors(fieldErrors(error)),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: an earlier version is brought back once
  useEffect(() => {
    if (!restore) return
    const at = { ...path, version: restore }
    void queries
      .fetchQuery(api.get('/v1/escalation-policies/{policy_id}/versions/{version}', { path: at }))
      .then(earlier => form.setValues(broughtBack(earlier, policy)))
      .finally(() => void navigate({ search: {}, replace: true }))
  }, [restore])
  const reload = async () => {
    save.reset()
    begin(await queries.fetchQuery(query))
  }
  return (
    <PolicyEditor
      form={form}
      disabled={why !== null}
      isSaving={save.isPending}
      saveLabel={`Save as version ${begun.version + 1}`}
      onSubmit={values => save.mutate(values)}
      onReset={() => begin(policy)}
      notes={
        <>
          <WhyNot role="admin" team={policy.team_id} />
          <StaleAlert error={save.error} onReload={() => void reload()} />
          {!isStale(save.error) && <ProblemAlert error={save.error} />}
          <Findings about={policy.id} version={policy.version} />
        </>
      }
    />
  )
}
