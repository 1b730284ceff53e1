/** Accounts that upload, and people signing in. Secrets go in and never come back. */
import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { countSchema, timeSchema } from '../model/numbers.ts'
import { PURPOSE_NAMES, type Purpose } from '../permissions/scope-groups.ts'
import { identitySchema } from './value-schemas.ts'

const scopesSchema = z.array(z.string().regex(/^[\w:.-]{1,128}$/)).max(40)

const brandSchema = z.enum(['feishu', 'lark'])
const appIdSchema = z.string().regex(/^[A-Za-z0-9_-]{4,64}$/)
const appSecretSchema = z.string().min(8).max(256)

const accountViewSchema = z.object({
  identity: z.string(),
  /** The app itself, a person, or a token of the occasion. */
  kind: z.enum(['app', 'user', 'access-token']),
  name: z.string(),
  appId: z.string().nullable(),
  brand: brandSchema,
  host: z.string(),
  /** From the environment an account can not be changed here. */
  source: z.enum(['environment', 'stored']),
  isInUse: z.boolean(),
})

const accountsSchema = z.object({
  accounts: z.array(accountViewSchema),
  /** The requirements on an app for a sign-in in the browser. */
  redirectAddresses: z.array(z.string()).readonly(),
  /** Apps whose secret is kept, and to which no one has signed in yet. */
  apps: z.array(z.object({ appId: z.string(), brand: brandSchema })).readonly(),
})

const signInMethodSchema = z.enum(['browser', 'device'])

const signInViewSchema = z.object({
  id: z.string(),
  method: signInMethodSchema,
  /** `other-person`: someone else than expected has signed in, and nothing of it is kept unless that is wanted. */
  stage: z.enum(['waiting', 'other-person', 'done', 'failed']),
  /** The page to open; with a device code on any device. */
  url: z.string().nullable(),
  userCode: z.string().nullable(),
  expiresAtMs: timeSchema.nullable(),
  /** The name of the person who has signed in. */
  name: z.string().nullable(),
  /** The name of the account that was to sign in; null: anyone may. */
  expected: z.string().nullable(),
  /** False: they are an account here already, which stays as it is. */
  canKeep: z.boolean(),
  error: errorInfoSchema.nullable(),
  /** A warning for the person although it worked. */
  warning: errorInfoSchema.nullable(),
})

const rightsSchema = z.object({
  /** Scopes for people who sign in to it; null: Feishu does not say. */
  asPerson: z.array(z.string()).readonly().nullable(),
  /** Scopes for the app acting as itself. */
  asApp: z.array(z.string()).readonly().nullable(),
})

/** An app that is being created by a scan. */
const registrationViewSchema = z.object({
  id: z.string(),
  /** `found`: the app is there, and its secret is kept when the person agrees to its rights. */
  stage: z.enum(['waiting', 'found', 'failed']),
  /** The link to scan. */
  url: z.string().nullable(),
  expiresAtMs: timeSchema,
  app: z.object({ appId: z.string(), brand: brandSchema, rights: rightsSchema }).nullable(),
  error: errorInfoSchema.nullable(),
})

/** The live state that pages are told. */
export const liveAccountsSchema = z.object({
  /** Rises when accounts were added, changed or removed: the list has to be requested again. */
  revision: countSchema,
  /** Accounts that can not act at present, and why. */
  troubles: z.array(z.object({ identity: z.string(), name: z.string(), error: errorInfoSchema })),
  signIn: signInViewSchema.nullable(),
  registration: registrationViewSchema.nullable(),
})

export const ACCOUNT_CHANNELS = {
  'accounts.list': { input: z.strictObject({}), output: accountsSchema },
  /** The app itself acts. Feishu is asked whether it accepts the secret, if it can be asked. */
  'accounts.add-app': {
    input: z.strictObject({
      appId: appIdSchema,
      appSecret: appSecretSchema,
      brand: brandSchema,
    }),
    output: accountsSchema,
  },
  /** A person signs in. Answers once there is something to open; the end is told live. */
  'accounts.sign-in': {
    input: z.strictObject({
      method: signInMethodSchema,
      appId: appIdSchema,
      /** Null: that of an account which uses this app already. */
      appSecret: appSecretSchema.nullable(),
      brand: brandSchema,
      /** Asked for besides what Drive folders need: for documents, tables, wiki pages. */
      furtherScopes: scopesSchema,
      /** The account that signs in again; absent: anyone may. */
      identity: identitySchema.optional(),
    }),
    output: z.object({ signIn: signInViewSchema }),
  },
  /** A known person signs in once more, for permissions that are missing. Answers as `accounts.sign-in`. */
  'accounts.grant': {
    input: z.strictObject({
      identity: identitySchema,
      method: signInMethodSchema,
      /** As Feishu named them: any one is enough. */
      missing: scopesSchema,
      purposes: z.array(z.enum(PURPOSE_NAMES as readonly [Purpose, ...Purpose[]])).max(20),
    }),
    output: z.object({ signIn: signInViewSchema }),
  },
  /** The abilities of an account. Feishu is asked what its app has. */
  'accounts.permissions': {
    input: z.strictObject({ identity: identitySchema }),
    output: z.object({
      /** Null: not known, or no person. */
      granted: z.array(z.string()).readonly().nullable(),
      /** Null: Feishu does not say. */
      ofApp: z.array(z.string()).readonly().nullable(),
    }),
  },
  /** Has an app created by a scan. Answers once there is a link to scan; the end is told live. */
  'accounts.register': {
    input: z.strictObject({}),
    output: z.object({ registration: registrationViewSchema }),
  },
  /** The person agrees to the rights of the app that was created: its secret is kept. */
  'accounts.keep-registered': {
    input: z.strictObject({ id: z.string().min(1).max(64) }),
    output: accountsSchema,
  },
  /** Ends the registration; a secret that was not kept is forgotten. */
  'accounts.cancel-registration': { input: z.strictObject({}), output: z.object({}) },
  /** Someone else than expected has signed in: they are kept as an account of their own. */
  'accounts.keep-signed-in': {
    input: z.strictObject({ id: z.string().min(1).max(64) }),
    output: accountsSchema,
  },
  /** Ends the sign-in. One of someone else that was not kept is forgotten. */
  'accounts.cancel-sign-in': { input: z.strictObject({}), output: z.object({}) },
  'accounts.use': { input: z.strictObject({ identity: identitySchema }), output: accountsSchema },
  'accounts.rename': {
    input: z.strictObject({ identity: identitySchema, name: z.string().trim().min(1).max(80) }),
    output: accountsSchema,
  },
  /** Signs out and forgets secrets; what was to go up with it waits until it signs in again. */
  'accounts.remove': {
    input: z.strictObject({ identity: identitySchema }),
    /** `warning`: Feishu could not be told. */
    output: accountsSchema.extend({ warning: errorInfoSchema.nullable() }),
  },
} as const

export type AccountView = z.output<typeof accountViewSchema>
export type AccountList = z.output<typeof accountsSchema>
export type RegistrationView = z.output<typeof registrationViewSchema>
export type AppRights = z.output<typeof rightsSchema>
export type SignInView = z.output<typeof signInViewSchema>
