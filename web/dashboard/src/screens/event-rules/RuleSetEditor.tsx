/** Rules in their order: added, changed, moved, tried and saved as a whole. */
import { Button, Card, Group, Menu, Select, Text } from '@mantine/core'
import { IconArrowsSplit, IconChevronDown, IconHistory, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { isStale, Problem } from '../../api/problem'
import { allZones } from '../../app/zones'
import { Empty } from '../../components/Empty'
import { ProblemAlert } from '../../components/ProblemAlert'
import { Sortable } from '../../components/Sortable'
import { StaleAlert } from '../../components/StaleAlert'
import { useWhyNot, WhyNot } from '../../components/WhyNot'
import type { Service } from '../services/serviceValues'
import { EXAMPLES } from './examples'
import { RuleCard } from './RuleCard'
import classes from './RuleSetEditor.module.css'
import { RulesHistory } from './RulesHistory'
import { type EventRules, newRule, type RuleValues, valuesOf, wrongRules } from './ruleValues'
import { TryOut } from './TryOut'
import { useRuleSet } from './useRuleSet'

const ZONES = allZones()

/** Whether all that is wrong is said at rules. */
function isOfRules(error: unknown): boolean {
  return (
    error instanceof Problem && error.fields.length > 0 && error.fields.every(one => one.field.startsWith('rules.'))
  )
}

export function RuleSetEditor({ found, service }: { found: EventRules; service?: Service }) {
  const may = useWhyNot('admin', service?.team_id) === null
  const { form, save, reload, discard } = useRuleSet(found, service?.id ?? null)
  const [opened, setOpened] = useState<string>()
  const [hasHistory, setHistory] = useState(false)
  const { rules } = form.values
  const wrong = wrongRules(form.errors)
  const add = (given?: Partial<RuleValues>) => {
    const made = newRule(given)
    form.insertListItem('rules', made)
    setOpened(made.key)
  }
  const restore = (version: EventRules) => {
    const known = new Set(found.rules.map(one => one.rule_id))
    form.setValues(valuesOf(version, known))
    setHistory(false)
  }
  return (
    <div className={classes.columns}>
      <form className={classes.main} onSubmit={form.onSubmit(values => save.mutate(values))} noValidate>
        <WhyNot role="admin" team={service?.team_id} />
        <StaleAlert error={save.error} onReload={() => void reload()} />
        {!isStale(save.error) && !isOfRules(save.error) && <ProblemAlert error={save.error} />}
        {rules.length === 0 ? (
          <Card p={0}>
            <Empty
              icon={IconArrowsSplit}
              title="No rules"
              action={<AddMenu isDisabled={!may} label="Add the first rule" onAdd={add} />}
            >
              {service
                ? 'Rules look at each event that opens an incident of this service: they change whom it pages and how urgent it is, hold it back, or group it.'
                : 'Rules look at each event that opens an incident, before those of its service: they send it to another service or policy, change how urgent it is, hold it back, group it, or keep it quiet.'}
            </Empty>
          </Card>
        ) : (
          <Sortable
            items={rules}
            idOf={rule => rule.key}
            nameOf={(rule, index) => `rule ${index + 1}${rule.name ? `, ${rule.name.slice(0, 80)}` : ''}`}
            label="Rules, asked in this order"
            className={classes.rules}
            disabled={!may}
            onMove={(from, to) => form.reorderListItem('rules', { from, to })}
          >
            {(rule, index, handle) => (
              <RuleCard
                form={form}
                index={index}
                handle={handle}
                may={may}
                isOfService={service !== undefined}
                isOpen={opened === rule.key || wrong.has(index)}
                onOpen={isOpen => setOpened(isOpen ? rule.key : undefined)}
                onCopy={() => {
                  const made = { ...rule, key: crypto.randomUUID(), rule_id: null, name: `${rule.name} (copy)` }
                  form.insertListItem('rules', made, index + 1)
                  setOpened(made.key)
                }}
              />
            )}
          </Sortable>
        )}
        <Group justify="space-between" align="end" className={classes.foot}>
          {rules.length > 0 && <AddMenu isDisabled={!may} label="Add a rule" onAdd={add} />}
          <Select
            label="Time zone of “now” in conditions"
            searchable
            allowDeselect={false}
            disabled={!may}
            data={ZONES}
            {...form.getInputProps('time_zone')}
          />
        </Group>
        <Group justify="space-between" className={classes.version}>
          <Text size="sm" c="dimmed">
            Version {found.version}
          </Text>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconHistory size={16} aria-hidden />}
            onClick={() => setHistory(true)}
          >
            Earlier versions
          </Button>
        </Group>
        {may && form.isDirty() && (
          <section className={classes.save} aria-label="Changes">
            <strong>
              {wrong.size > 0
                ? `Not saved: mend rule ${[...wrong].map(index => index + 1).join(', ')}`
                : 'Not saved yet'}
            </strong>
            <Button variant="default" onClick={discard}>
              Discard
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </section>
        )}
      </form>
      <TryOut form={form} service={service?.id} isDraft={form.isDirty()} />
      <RulesHistory
        service={service?.id}
        isOpen={hasHistory}
        onClose={() => setHistory(false)}
        onRestore={may ? restore : undefined}
      />
    </div>
  )
}

interface AddProperties {
  isDisabled: boolean
  label: string
  onAdd: (given?: Partial<RuleValues>) => void
}

function AddMenu({ isDisabled, label, onAdd }: AddProperties) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          disabled={isDisabled}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAdd()}>An empty one</Menu.Item>
        <Menu.Divider />
        <Menu.Label>Begin with an example</Menu.Label>
        {EXAMPLES.map(({ label: says, rule }) => (
          <Menu.Item key={says} onClick={() => onAdd(rule)}>
            {says}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
