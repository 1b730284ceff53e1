/** Which files are asked about before they go to a place that others see. Names only; nothing is read. */

export const SENSITIVE_KINDS = [
  'private-key',
  'credentials',
  'wallet',
  'passwords',
  'browser-profile',
  'home-folder',
] as const

/** The likely content of a file, or of a folder as a whole. */
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number]

/** A file, or a whole folder, that is asked about. */
export interface SensitiveFile {
  readonly path: string
  readonly kind: SensitiveKind
}

/** Asks if these may go to a place that others see. */
export type MaySend = (found: readonly SensitiveFile[]) => Promise<boolean>

/** The suspicion that a file's name raises. With `proof`, only a look at its beginning tells. */
export interface Suspicion {
  readonly kind: SensitiveKind
  readonly proof?: RegExp
}

/** A file of that kind is small; of a larger one of the name it is not worth reading the beginning. */
export const PROOF_FILE_BYTES = 64 * 1024

/** PEM, RFC 7468; also of OpenSSH and OpenSSL. */
const PEM_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/
/** https://docs.npmjs.com/cli/configuring-npm/npmrc, https://packaging.python.org/specifications/pypirc */
const TOKEN_LINE = /(_authToken|_auth|_password|password)\s*[=:]\s*\S/

const BY_NAME: readonly (readonly [name: RegExp, Suspicion])[] = [
  // OpenSSH, PuTTY, PKCS #12. A certificate or public key is none.
  [/^id_(rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk)$/, { kind: 'private-key' }],
  [/\.(ppk|p12|pfx)$/, { kind: 'private-key' }],
  // A .pem may be a certificate, a .key a presentation of Keynote.
  [/\.(pem|key|p8|pkcs8)$/, { kind: 'private-key', proof: PEM_KEY }],
  // Names and passwords of tools.
  [/^[._](netrc|pgpass)$|^\.(git-credentials|htpasswd|my\.cnf)$/, { kind: 'credentials' }],
  [/^\.(npmrc|pypirc|yarnrc)$/, { kind: 'credentials', proof: TOKEN_LINE }],
  // Settings with secrets; an example to be filled in is none.
  [/^\.env(\.(?!(example|sample|template|dist)$)[^.]+)*$/, { kind: 'credentials' }],
  // Bitcoin Core; Ethereum: https://geth.ethereum.org/docs/fundamentals/account-management
  [/^wallet\.dat$|^utc--\d{4}-\d\d-\d\dt.*--[0-9a-f]{40}$/, { kind: 'wallet' }],
  // KeePass, 1Password, macOS.
  [/\.(kdbx?|agilekeychain|opvault|keychain(-db)?)$/, { kind: 'passwords' }],
  // Firefox.
  [/^(key[34]\.db|logins\.json|cookies\.sqlite)$/, { kind: 'browser-profile' }],
]

/** Folder -> names in it that are meant; undefined: all. */
const BY_FOLDER: readonly (readonly [folder: RegExp, names: RegExp | undefined, SensitiveKind])[] =
  [
    [/^\.ssh$/, /^(?!(known_hosts|authorized_keys|config)(\.old)?$|.*\.pub$)/, 'private-key'],
    [/^\.gnupg$/, undefined, 'private-key'],
    [/^\.aws$/, /^credentials$/, 'credentials'],
    [/^\.kube$/, /^config$/, 'credentials'],
    [/^\.docker$/, /^config\.json$/, 'credentials'],
    // Chromium and what is made of it, below "User Data" or the browser's own folder.
    [
      /^(user data|chrome|chromium|google-chrome|microsoft edge|microsoft-edge)$/,
      /^(login data|cookies|web data)$/,
      'browser-profile',
    ],
  ]

/**
 * Returns what the path of a file says of it. Case does not count.
 * @param path with `/` or `\` between names
 */
export function suspicionOf(path: string): Suspicion | undefined {
  const names = path.toLowerCase().split(/[\\/]/)
  const name = names.pop() ?? ''
  const byFolder = BY_FOLDER.find(
    ([folder, meant]) =>
      (meant === undefined || meant.test(name)) && names.some((each) => folder.test(each)),
  )
  if (byFolder !== undefined) return { kind: byFolder[2] }
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
}
