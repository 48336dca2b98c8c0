/** Who is signed in, with their organizations. */
import { Api } from '../api/client'

/** For whom there is no organization yet. */
export const nobodys = new Api(null)

export const meQuery = { ...nobodys.get('/v1/me'), staleTime: 60_000 }
