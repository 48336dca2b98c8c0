/** The colours of the parts of a check. */
import type { TimingPart } from './words'

export const TIMING_COLORS: Readonly<Record<TimingPart, string>> = {
  dns: 'var(--blue)',
  connect: 'var(--green)',
  tls: 'var(--orange)',
  first_byte: 'var(--accent)',
  rest: 'var(--grey)',
}
