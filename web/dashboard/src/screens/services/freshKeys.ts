/** Routing keys that were made in this tab, for the snippets of their integrations. */
import { shownOnce } from '../../components/shownOnce'

export const { keep: keepKey, useFresh: useFreshKey } = shownOnce()
