/** Pages of `feidi serve` that are not the app. A reader's language is unknown there: both are shown. */
export const web = {
  title: 'Feidi',
  refusedTitle: 'This browser is not signed in to Feidi',
  refused: 'A link signs in one browser, once, and is valid for 10 minutes.',
  refusedRemedy:
    'For a new one, run `feidi link` on the computer that runs Feidi, or use "Sign in another device" in the settings of a browser that is signed in.',
  entryTitle: 'Open Feidi in this browser?',
  entry: 'The link is then used up, and this browser stays signed in.',
  enter: 'Open Feidi',
  signInTitle: 'Sign in to Feidi',
  askPassword: 'Enter the password set in FEIDI_WEB_PASSWORD.',
  wrong: 'Wrong password.',
  'too-many': 'Too many attempts. Try again in a minute.',
  password: 'Password',
  signIn: 'Sign in',
  notBuiltTitle: 'The pages are not built yet',
  notBuilt: 'Run `npm run build`, then start `feidi serve` again.',
} as const
