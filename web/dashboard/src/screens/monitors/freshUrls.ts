/** Ping URLs that were made in this tab, for the snippets of their heartbeats. */
import { shownOnce } from '../../components/shownOnce'

export const { keep: keepUrl, useFresh: useFreshUrl } = shownOnce()
