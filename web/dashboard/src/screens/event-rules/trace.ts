/** What the lines of a trace say, in words; the API gives each a stable `decision` and a reason. */

export interface TraceLine {
  decision: string
  /** What was decided, and by which rule of whose in which version. */
  says: string
  reason: string
  tone: 'plain' | 'matched' | 'quiet' | 'failed'
}

const PHRASES: Readonly<Record<string, { says: string; tone: TraceLine['tone'] }>> = {
  outcome: { says: 'What became of it', tone: 'plain' },
  rule_matched: { says: 'A rule matched', tone: 'matched' },
  rule_failed: { says: 'A rule had no answer', tone: 'failed' },
  no_rule_matched: { says: 'No rule matched', tone: 'plain' },
  held: { says: 'Held back', tone: 'quiet' },
  muted: { says: 'Pages nobody', tone: 'quiet' },
  grouped: { says: 'Grouped', tone: 'matched' },
  not_grouped: { says: 'Not grouped', tone: 'plain' },
  joined: { says: 'Joined an open incident', tone: 'matched' },
  reopened: { says: 'Opened the same incident again', tone: 'matched' },
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

type Line = Readonly<Record<string, unknown>>

function text(line: Line, name: string): string | undefined {
  const value = line[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function ruleOf(line: Line): string {
  const name = text(line, 'rule')
  const of = text(line, 'rules_of')
  const whose = of === 'organization' ? 'the organization’s rules' : of && 'the service’s rules'
  const version = typeof line.version === 'number' ? `, version ${line.version}` : ''
  const place = whose ? ` (${whose}${version})` : ''
  return `${name ? `: ${name}` : ''}${place}`
}

/** A line in words; ids that are known by a name are called by it. */
export function lineOf(line: Line, names: ReadonlyMap<string, string>): TraceLine {
  const decision = text(line, 'decision') ?? ''
  const phrase = PHRASES[decision] ?? { says: decision.replaceAll('_', ' '), tone: 'plain' as const }
  const does = Array.isArray(line.does) ? line.does.filter(one => typeof one === 'string') : []
  const reason = [text(line, 'reason'), does.length > 0 ? `it ${does.join(', ')}` : undefined]
    .filter(Boolean)
    .join('; ')
  return {
    decision,
    says: `${phrase.says}${ruleOf(line)}`,
    reason: reason.replaceAll(ID, id => names.get(id) ?? id),
    tone: phrase.tone,
  }
}

/** The names of the rules that matched. */
export function matchedRules(trace: readonly Line[]): string[] {
  return trace.filter(line => line.decision === 'rule_matched').map(line => text(line, 'rule') ?? '')
}
