/** The fields of a rule: when it holds, and what it does then. */
import '@mantine/core/styles/Fieldset.layer.css'
import { Checkbox, Fieldset, Select, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { DurationInput } from '../../components/DurationInput'
import { usePolicies, useServices } from '../services/useNames'
import { NAMES } from './examples'
import classes from './RuleFields.module.css'
import { SEVERITIES } from './severities'
import type { RuleSetForm } from './useRuleSet'

interface Properties {
  form: RuleSetForm
  index: number
  isDisabled: boolean
  isOfService: boolean
}

export function RuleFields({ form, index, isDisabled: disabled, isOfService }: Properties) {
  const at = `rules.${index}` as const
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description="Told in incidents and traces, so each has its own."
        maxLength={200}
        disabled={disabled}
        {...form.getInputProps(`${at}.name`)}
      />
      <div>
        <Textarea
          label="When"
          description="A condition in CEL. Empty: every event."
          placeholder="labels.team == 'payments'"
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          disabled={disabled}
          classNames={{ input: classes.condition }}
          {...form.getInputProps(`${at}.condition`)}
        />
        <ConditionHelp />
      </div>
      <Actions form={form} index={index} isDisabled={disabled} isOfService={isOfService} />
      <Switch
        label="Ask the rules after it too"
        description="What they set lies over what this one has set."
        disabled={disabled}
        {...form.getInputProps(`${at}.continues`, { type: 'checkbox' })}
      />
    </Stack>
  )
}

function Actions({ form, index, isDisabled: disabled, isOfService }: Properties) {
  const at = `rules.${index}` as const
  const services = useServices()
  const policies = usePolicies()
  const isGrouped = form.values.rules[index]?.isGrouped
  return (
    <Fieldset legend="Then" className={classes.then}>
      {!isOfService && (
        <Select
          label="Send it to the service"
          placeholder="As it came"
          clearable
          searchable
          disabled={disabled}
          data={services.choices}
          {...form.getInputProps(`${at}.service_id`)}
        />
      )}
      <Select
        label="Escalate by the policy"
        placeholder="That of its service"
        clearable
        searchable
        disabled={disabled}
        data={policies.choices}
        {...form.getInputProps(`${at}.policy_id`)}
      />
      <Select
        label="Severity"
        placeholder="As it came"
        clearable
        disabled={disabled}
        data={SEVERITIES}
        {...form.getInputProps(`${at}.severity`)}
      />
      <Select
        label="Urgency"
        placeholder="That of its service"
        clearable
        disabled={disabled}
        data={[
          { value: 'high', label: 'High' },
          { value: 'low', label: 'Low' },
        ]}
        {...form.getInputProps(`${at}.urgency`)}
      />
      <DurationInput
        label="Hold it back"
        description="It pages only if it is still open after so long."
        placeholder="Not at all"
        disabled={disabled}
        {...form.getInputProps(`${at}.hold_seconds`)}
      />
      <Checkbox
        label="Page nobody"
        description="The incident is opened and can be seen."
        disabled={disabled}
        {...form.getInputProps(`${at}.suppress`, { type: 'checkbox' })}
      />
      <Checkbox
        label="Group alerts into one incident"
        description="What joins an open incident pages nobody again."
        disabled={disabled}
        {...form.getInputProps(`${at}.isGrouped`, { type: 'checkbox' })}
      />
      {isGrouped && (
        <>
          <TagsInput
            label="With the same labels"
            description="Names of labels, as cluster. None: all that it matches."
            placeholder="Add a label"
            disabled={disabled}
            {...form.getInputProps(`${at}.group_by`)}
          />
          <DurationInput
            label="For so long after the incident was opened"
            disabled={disabled}
            {...form.getInputProps(`${at}.group_window_seconds`)}
          />
        </>
      )}
    </Fieldset>
  )
}

function ConditionHelp() {
  return (
    <details className={classes.help}>
      <summary>What a condition may say</summary>
      <dl>
        {NAMES.map(([name, what, example]) => (
          <div key={name}>
            <dt>
              <strong>{name}</strong>: {what}
            </dt>
            <dd>
              <code>{example}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        Join them by <code>&amp;&amp;</code>, <code>||</code> and <code>!</code>. Ask <code>has(labels.team)</code>{' '}
        before you use a label that may not be there: without it the rule has no answer, and does not match.
      </p>
    </details>
  )
}
