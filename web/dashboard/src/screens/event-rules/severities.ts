/** Severities, worst first, as fields offer them. */
import type { Model } from '../../api/types'

export const SEVERITIES: readonly { value: Model<'Severity'>; label: string }[] = [
  { value: 'critical', label: 'Critical' },
  { value: 'error', label: 'Error' },
  { value: 'warning', label: 'Warning' },
  { value: 'info', label: 'Info' },
]
