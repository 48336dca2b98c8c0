/** A document of monitors, as text that somebody has brought. */
import type { Model } from '../../api/types'

/** The document, or why it is none. */
export function readDocument(text: string): Model<'MonitorsDocument'> | string {
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null || !('monitors' in found) || !Array.isArray(found.monitors))
      return 'It has to be an object with a list of “monitors”, as an export is.'
    return found as Model<'MonitorsDocument'>
  } catch (error) {
    return `It is not JSON: ${error instanceof Error ? error.message : 'it can’t be read'}`
  }
}
