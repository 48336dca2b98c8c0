/** The organization's event rules. */
import { Page } from '../../components/Page'
import { RuleSet } from './RuleSet'

export function EventRulesScreen() {
  return (
    <Page
      title="Event rules"
      description="Asked in their order when an event opens an incident, before the rules of its service. The first that matches decides."
    >
      <RuleSet />
    </Page>
  )
}
