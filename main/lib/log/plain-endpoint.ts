/** A call's path without the tokens and ids some have in it: `docx/v1/documents/:id/blocks`. */
export function plainEndpoint(endpoint: string): string {
  return endpoint
    .split('/')
    .map((step) => (/^(v\d+|[a-z]+(_[a-z]+)*)$/.test(step) ? step : ':id'))
    .join('/')
}
