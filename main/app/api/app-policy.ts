/**
 * The content that the app's page may load in any host: its own files, and nothing inline. The page
 * repeats it in a `meta` tag (`renderer/index.html`), except for what only a header can say.
 */
export const APP_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
