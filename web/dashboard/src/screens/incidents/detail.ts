/** An incident with all that belongs to it. */
import type { Model } from '../../api/types'

export type Detail = Model<'IncidentDetail'>
