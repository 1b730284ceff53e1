/** Names on Electron's wire. A page only ever gets to those with our prefix. */
export const REQUEST_PREFIX = 'feidi:request:'
export const FOLLOW = 'feidi:follow'
export const UNFOLLOW = 'feidi:unfollow'
export const LIVE = 'feidi:live'
