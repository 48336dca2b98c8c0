/** What became of an event, in a word or two. */

export const OUTCOMES: Readonly<Record<string, string>> = {
  opened: 'Opened an incident',
  counted: 'Counted',
  older_than_resolve: 'Came too late',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  already: 'Was acknowledged already',
  older_than_trigger: 'Came too late',
  no_open_alert: 'Nothing was open',
  stored: 'Kept',
  refused_key: 'Refused: its key has ended',
}

/** Words for an outcome, also for one that is newer than this page. */
export function outcomeOf(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome.replaceAll('_', ' ')
}
