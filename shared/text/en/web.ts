/** Pages of `feidi serve` that are not the app. A reader's language is unknown there: both are shown. */
export const web = {
  title: 'Feidi',
  refusedTitle: 'Open Feidi with the link shown when it started',
  refused:
    'Each start of `feidi serve` shows a link that works once. This browser has not signed in with it, or the link was already used.',
  refusedRemedy:
    'Go back to the terminal that runs Feidi and open the link there. If it was already used, start `feidi serve` again.',
  signInTitle: 'Sign in to Feidi',
  askPassword: 'Enter the password set in FEIDI_WEB_PASSWORD.',
  wrong: 'Wrong password.',
  'too-many': 'Too many attempts. Try again in a minute.',
  password: 'Password',
  signIn: 'Sign in',
  notBuiltTitle: 'The pages are not built yet',
  notBuilt: 'Run `npm run build`, then start `feidi serve` again.',
} as const
