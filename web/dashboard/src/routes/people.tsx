/** Routes of people, and of one's own account. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { flag, text, word } from '../app/search'
import { organizationRoute } from './root'

const PEOPLE_TABS = ['teams', 'invitations'] as const
const INVITATION_STATUSES = ['pending', 'expired', 'accepted', 'revoked'] as const

export type PeopleTab = (typeof PEOPLE_TABS)[number]

export interface PeopleSearch {
  tab?: PeopleTab
  q?: string
  /** Which invitations. */
  status?: (typeof INVITATION_STATUSES)[number]
  /** Somebody is being invited. */
  invite?: true
  /** A new team is being made. */
  create?: true
}

const ME_TABS = ['contacts', 'rules', 'security'] as const
const CHANNELS = ['email', 'slack', 'webhook'] as const

export type MeTab = (typeof ME_TABS)[number]

export interface MeSearch {
  tab?: MeTab
  /** A contact method of this channel is being added. */
  add?: (typeof CHANNELS)[number]
}

const peopleRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'people',
  validateSearch: (search): PeopleSearch => ({
    tab: word(search, 'tab', PEOPLE_TABS),
    q: text(search, 'q'),
    status: word(search, 'status', INVITATION_STATUSES),
    invite: flag(search, 'invite'),
    create: flag(search, 'create'),
  }),
  component: lazyRouteComponent(() => import('../screens/people/PeopleScreen'), 'PeopleScreen'),
})

const meRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'me',
  validateSearch: (search): MeSearch => ({
    tab: word(search, 'tab', ME_TABS),
    add: word(search, 'add', CHANNELS),
  }),
  component: lazyRouteComponent(() => import('../screens/me/MeScreen'), 'MeScreen'),
})

export interface MemberSearch {
  tab?: 'rules'
  add?: MeSearch['add']
}

const memberRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: 'people/$user',
  validateSearch: (search): MemberSearch => ({
    tab: word(search, 'tab', ['rules']),
    add: word(search, 'add', CHANNELS),
  }),
  component: lazyRouteComponent(() => import('../screens/people/MemberScreen'), 'MemberScreen'),
})

export const peopleRoutes = [peopleRoute, memberRoute, meRoute] as const
