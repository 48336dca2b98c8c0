/** Writes the rules for one urgency: contact methods with delays, put into order, and read back as a sentence. */
import { Button, Group, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, isStale } from '../../api/problem'
import { useApi } from '../../app/organization'
import { ConfirmButton } from '../../components/ConfirmButton'
import { notifyDone } from '../../components/notices'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Sortable } from '../../components/Sortable'
import { StaleAlert } from '../../components/StaleAlert'
import { useReachChanged } from './access'
import type { Method } from './channels'
import { RuleRow } from './RuleRow'
import classes from './RuleSetCard.module.css'
import { formPaths, MOST_RULES, moved, plannedOf, type SetValues, setInput, withOneMore } from './ruleValues'
import { type RuleSet, toldRules, urgencyName } from './ruleWords'

interface Properties {
  form: UseFormReturnType<SetValues>
  /** The rules as they were read, and the version of them that is sent: of those read before a reload, if one was. */
  begun: RuleSet
  version: number | undefined
  methods: readonly Method[]
  onEnd: (found: RuleSet) => void
  onCancel: () => void
}

function useSave({ form, begun, version, onEnd }: Properties) {
  const api = useApi()
  const queries = useQueryClient()
  const changed = useReachChanged()
  const { user_id, urgency } = begun
  const path = { user_id, urgency }
  const done = async (found: RuleSet) => {
    onEnd(found)
    notifyDone(`The rules for ${urgencyName(urgency)} are saved.`)
    await changed()
  }
  const save = useMutation({
    mutationFn: (values: SetValues) =>
      api.put('/v1/users/{user_id}/notification-rules/{urgency}', { path, body: setInput(values), version }),
    onSuccess: done,
    onError: error => form.setErrors(formPaths(fieldErrors(error))),
  })
  const reset = async () => {
    await done(await api.delete('/v1/users/{user_id}/notification-rules/{urgency}', { path, version }))
  }
  const reload = async () => {
    const asked = api.get('/v1/users/{user_id}/notification-rules/{urgency}', { path })
    const found = await queries.fetchQuery({ ...asked, staleTime: 0 })
    save.reset()
    onEnd(found)
    await changed()
  }
  return { save, reset, reload }
}

export function RuleSetEditor(properties: Properties) {
  const { form, begun, methods, onCancel } = properties
  const { save, reset, reload } = useSave(properties)
  const { rules } = form.values
  const put = (found: SetValues['rules']) => form.setFieldValue('rules', found)
  const told = toldRules(plannedOf(rules, methods))
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <Stack gap="sm">
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && <ProblemAlert error={save.error} />}
        <Sortable
          items={rules}
          idOf={one => one.key}
          nameOf={(_, index) => `rule ${index + 1}`}
          label={`Rules for ${urgencyName(begun.urgency)}`}
          className={classes.rules}
          disabled={rules.length < 2}
          onMove={(from, to) => put(moved(rules, from, to))}
        >
          {(rule, place, handle) => (
            <RuleRow
              rule={rule}
              place={place}
              handle={handle}
              methods={methods}
              errorOf={name => form.errors[`rules.${place}.${name}`]}
              onChange={found => put(rules.map(one => (one.key === rule.key ? found : one)))}
              onRemove={() => put(rules.filter(one => one.key !== rule.key))}
            />
          )}
        </Sortable>
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={rules.length >= MOST_RULES || methods.every(one => one.disabled_at)}
            onClick={() => put(withOneMore(rules, methods))}
          >
            Add a rule
          </Button>
        </div>
      </Stack>
      <p className={classes.preview} role="status">
        {told || 'Nobody would be paged by this. Add a rule, or go back to all contact methods at once.'}
      </p>
      <Group justify="space-between" mt="md" gap="xs">
        {begun.is_default ? (
          <span />
        ) : (
          <ConfirmButton
            question="Page all contact methods at once?"
            consequence={`The rules for ${urgencyName(begun.urgency)} end. Contact methods that are added later are paged too.`}
            confirm="End the rules"
            onConfirm={reset}
          >
            All at once
          </ConfirmButton>
        )}
        <Group gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={rules.length === 0}>
            Save
          </Button>
        </Group>
      </Group>
    </form>
  )
}
