import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Tests try all their cases, however little they differ: `npm run test:deep`. */
    thorough?: boolean
  }
}

export const THOROUGH = inject('thorough') === true
