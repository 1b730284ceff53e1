/**
 * What the app's page may load, whoever serves it: its own files, and nothing that stands in the page
 * itself. The page repeats it in a `meta` tag (`renderer/index.html`), but for what only a header can say.
 */
export const APP_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
