import { describe, expect, it } from 'vitest'
import { CATALOGUE, SERVER_ENTRIES } from '#shared/errors/catalogue.ts'
import type { CatalogueEntry } from '#shared/errors/catalogue-entry.ts'
import { LOCAL_ERROR_CODES, type LocalErrorCode } from '#shared/errors/error-code.ts'

// Typed from Feishu's pages, not from the catalogue. Letters, as in `B 5 fail-file`: the policy, how
// often in a row, and what comes afterwards. `!` says that the call may have taken effect.
const LETTERS: Record<string, string> = {
  B: 'backoff',
  W: 'wait-rate-limit',
  T: 'refresh-token',
  R: 'restart-upload',
  P: 'reread-part',
  S: 'fail-file',
  XT: 'block-target',
  XK: 'block-kind',
  XA: 'block-account',
  OK: 'success',
  skip: 'skip-file',
  source: 'wait-source',
  stop: 'stop',
}
const T = 'T 1 block-account'
const P = 'P 2 restart-upload'

/** The page of `upload_part`, in its order. */
const SEED: readonly (readonly [number, string])[] = [
  [1061001, 'B 5 fail-file !'],
  [1061002, 'S'],
  [1061003, 'S'],
  [1061004, 'XT'],
  [1061005, T],
  [1061006, 'B !'],
  [1061007, 'S'],
  [1061008, 'S'],
  [1061021, 'R'],
  [1061041, 'XT'],
  [1061042, 'XT'],
  [1061043, 'S'],
  [1061044, 'XT'],
  [1061045, 'B !'],
  [1061109, 'S'],
  [1061113, 'S'],
  [1061101, 'XA'],
  [1062004, 'OK'],
  [1062005, 'OK'],
  [1062006, 'OK'],
  [1062007, 'R'],
  [1062008, P],
  [1062009, P],
  [1062010, 'R'],
  [1062011, 'R'],
  [1061547, 'XT'],
  [1061061, 'XA'],
  [1061073, 'XK'],
  [1062012, 'B'],
  [1062013, 'R 1 fail-file'],
  [1062014, 'R 1 fail-file'],
  [1062051, 'B !'],
  [1062505, 'XA'],
  [1062506, 'S'],
  [1062507, 'XT'],
]

/** Everything else the pages on Drive, tokens, Base, documents and wikis name. */
const FURTHER: readonly (readonly [number, string])[] = [
  [1061022, 'B 3 fail-file'],
  [1061500, 'XT'],
  [1064230, 'XA'],
  [1064001, 'S'],
  [1064510, 'S'],
  [1064511, 'S'],
  [1062501, 'S'],
  [1062502, 'S'],
  [1062524, 'XT'],
  [1062535, 'XT'],
  [1065200, 'B 3 fail-file'],
  [91204, 'XA'],
  [91201, 'B'],
  [99991400, 'W'],
  [99991401, 'XA'],
  [99991403, 'XA'],
  [99991543, 'XA'],
  [20002, 'XA'],
  [20048, 'XA'],
  [10003, 'XA'],
  [10005, 'XA'],
  [10012, 'B 1 block-account'],
  [10013, 'B 1 block-account'],
  [10014, 'XA'],
  [10015, 'XA'],
  [20013, 'XA'],
  [20014, 'XA'],
  [20001, 'XA'],
  [20005, T],
  [20006, T],
  [20007, 'XA'],
  [20008, 'XA'],
  [20021, 'XA'],
  [20022, 'XA'],
  [20023, 'XA'],
  [20063, 'XA'],
  [20066, 'XA'],
  [20067, 'XA'],
  [20068, 'XA'],
  [20070, 'XA'],
  [21000, 'XA'],
  [21001, 'XA'],
  [99991661, T],
  [99991662, 'XA'],
  [99991673, 'XA'],
  [20009, 'XA'],
  [20069, 'XA'],
  [99991663, T],
  [99991664, T],
  [99991665, T],
  [99991668, T],
  [99991669, 'XA'],
  [99991671, T],
  [99991672, 'XK'],
  [99991676, 'XA'],
  [99991677, T],
  [99991679, 'XK'],
  [20026, 'XA'],
  [20037, 'XA'],
  [20064, 'XA'],
  [20073, 'XA'],
  [20003, 'XA'],
  [20004, 'XA'],
  [20024, 'XA'],
  [20036, 'XA'],
  [20049, 'XA'],
  [20065, 'XA'],
  [20071, 'XA'],
  [20010, 'XA'],
  [20050, 'B'],
  [20072, 'B'],
  [20074, 'XA'],
  [20027, 'XA'],
  [20029, 'XA'],
  [2200, 'B !'],
  [1663, 'B !'],
  [1254290, 'B'],
  [1254291, 'B'],
  [1254607, 'B !'],
  [1255040, 'B !'],
  [1254608, 'B !'],
  [1254303, 'R'],
  [1254302, 'XT'],
  [1254304, 'XT'],
  [1254306, 'XT'],
  [1254015, 'XT'],
  [1254069, 'XT'],
  [1254040, 'B 3 block-target'],
  [1254041, 'B 3 block-target'],
  [1254042, 'B 3 block-target'],
  [1254043, 'B 3 block-target'],
  [1254044, 'B 3 block-target'],
  [1254045, 'B 3 block-target'],
  [1254103, 'XT'],
  [1254106, 'S'],
  [1254130, 'S'],
  [91403, 'XT'],
  [1254001, 'S'],
  [1254003, 'XT'],
  [1254004, 'XT'],
  [1254006, 'XT'],
  [1254009, 'XT'],
  [1254027, 'R 1 block-target'],
  [1254036, 'B'],
  [1254037, 'S'],
  [1255006, 'B 3 fail-file !'],
  [1254060, 'XT'],
  [1254061, 'XT'],
  [1254062, 'XT'],
  [1254063, 'XT'],
  [1254064, 'XT'],
  [1254065, 'XT'],
  [1254066, 'XT'],
  [1254067, 'XT'],
  [1254068, 'XT'],
  [1254072, 'XT'],
  [1254074, 'XT'],
  [1254104, 'S'],
  [1770001, 'S'],
  [1770002, 'R 1 block-target'],
  [1770003, 'R 1 block-target'],
  [1770035, 'XT'],
  [131001, 'B 3 block-target'],
  [131002, 'XT'],
  [131004, 'XA'],
  [1770013, 'R'],
  [1770038, 'R'],
  [1770032, 'XT'],
  [1770004, 'XT'],
  [1770007, 'XT'],
  [1771001, 'B !'],
  [1771002, 'B !'],
  [1771003, 'B !'],
  [1771004, 'B !'],
  [1310213, 'XT'],
  [1310211, 'XT'],
  [1310214, 'XT'],
  [1310215, 'XT'],
  [1310249, 'XT'],
  [1310202, 'XT'],
  [1310218, 'XT'],
  [1310245, 'R 1 fail-file'],
  [1310226, 'S'],
  [1310229, 'S'],
  [1310243, 'S'],
  [1310244, 'S'],
  [1310246, 'S'],
  [1310235, 'B !'],
  [1310242, 'B !'],
  [1315201, 'B !'],
  [1315203, 'B !'],
  [1310247, 'XT'],
  [1310217, 'B'],
  [90217, 'B'],
  [1063001, 'S'],
  [1063005, 'S'],
  [1063002, 'XT'],
  [1063003, 'S'],
  [1063004, 'XT'],
  [1063006, 'B'],
  [1066001, 'B 5 fail-file'],
  [1066002, 'B 5 fail-file'],
  [131005, 'XT'],
  [131006, 'XT'],
  [131007, 'XT'],
]

const LOCAL: readonly (readonly [LocalErrorCode, string])[] = [
  ['dns-failed', 'B'],
  ['connection-refused', 'B'],
  ['connection-lost', 'B !'],
  ['idle-timeout', 'B !'],
  ['tls-untrusted', 'XA'],
  ['proxy-refused', 'XA'],
  ['bad-response', 'B !'],
  ['http-error', 'B !'],
  ['source-missing', 'S'],
  ['source-moved', 'skip'],
  ['sensitive-file', 'S'],
  ['source-is-directory', 'S'],
  ['source-not-a-file', 'S'],
  ['source-is-link', 'skip'],
  ['source-name-invalid', 'S'],
  ['source-unreadable', 'S'],
  ['source-busy', 'source'],
  ['source-empty', 'skip'],
  ['source-changed', 'source'],
  ['source-unstable', 'S'],
  ['source-io-error', 'B 3 fail-file'],
  ['source-away', 'B 10 fail-file'],
  ['source-path-too-long', 'S'],
  ['source-locked', 'S'],
  ['source-exhausted', 'source'],
  ['source-redirected', 'S'],
  ['source-own-state', 'S'],
  ['already-uploaded', 'skip'],
  ['file-too-large', 'S'],
  ['name-empty', 'S'],
  ['name-too-long', 'S'],
  ['folder-name-too-long', 'S'],
  ['destination-invalid', 'XT'],
  ['destination-unsupported', 'XT'],
  ['link-old-doc', 'XT'],
  ['link-slides', 'XT'],
  ['link-mindnote', 'XT'],
  ['link-base-part', 'XT'],
  ['link-base-record', 'XT'],
  ['link-app', 'XT'],
  ['link-wiki-space', 'XT'],
  ['destination-not-looked-up', 'XT'],
  ['destination-read-only', 'XT'],
  ['one-file-only', 'XT'],
  ['overwrite-unsupported', 'XT'],
  ['overwrite-made-second', 'XT'],
  ['name-taken', 'skip'],
  ['base-table-missing', 'XT'],
  ['base-table-ambiguous', 'XT'],
  ['base-field-missing', 'XT'],
  ['base-field-not-attachment', 'XT'],
  ['base-no-attachment-field', 'XT'],
  ['base-field-ambiguous', 'XT'],
  ['base-column-type', 'XT'],
  ['document-being-edited', 'B'],
  ['sheet-missing', 'XT'],
  ['sheet-only-images', 'S'],
  ['sheet-image-too-large', 'S'],
  ['attachment-too-large', 'S'],
  ['folder-full', 'XT'],
  ['folder-too-deep', 'S'],
  ['credentials-missing', 'XA'],
  ['token-refused', 'XA'],
  ['signed-out', 'XA'],
  ['account-unknown', 'stop'],
  ['secret-elsewhere', 'XA'],
  ['sign-in-damaged', 'XA'],
  ['sign-in-refused', 'XA'],
  ['sign-in-denied', 'XA'],
  ['sign-in-expired', 'XA'],
  ['sign-in-ports-taken', 'XA'],
  ['base-url-insecure', 'stop'],
  ['ca-file-unreadable', 'stop'],
  ['proxy-invalid', 'stop'],
  ['proxy-unescaped', 'stop'],
  ['clock-wrong', 'stop'],
  ['rule-unknown', 'stop'],
  ['rule-exists', 'stop'],
  ['rule-overlaps', 'stop'],
  ['rule-folder-missing', 'stop'],
  ['rule-folder-is-file', 'stop'],
  ['rule-folder-forbidden', 'stop'],
  ['rule-folder-is-disk', 'stop'],
  ['rule-folder-holds-home', 'stop'],
  ['rule-on-network', 'stop'],
  ['copy-vanished', 'stop'],
  ['rule-folder-is-personal', 'stop'],
  ['no-rules', 'stop'],
  ['transaction-expired', 'R'],
  ['plan-invalid', 'R 2 fail-file'],
  ['restarted-too-often', 'S'],
  ['outcome-unknown', 'S'],
  ['daily-quota-used', 'W'],
  ['gave-up-waiting', 'S'],
  ['maybe-there-already', 'S'],
  ['home-in-use', 'stop'],
  ['home-unwritable', 'stop'],
  ['home-moved', 'stop'],
  ['home-restored', 'stop'],
  ['home-gone', 'stop'],
  ['store-newer', 'stop'],
  ['store-corrupt', 'stop'],
  ['settings-corrupt', 'stop'],
  ['settings-damaged', 'stop'],
  ['store-failed', 'stop'],
  ['disk-full', 'stop'],
  ['usage', 'stop'],
  ['internal', 'S'],
  ['request-invalid', 'stop'],
  ['request-refused', 'stop'],
  ['transfer-gone', 'stop'],
  ['not-available-here', 'stop'],
  ['folder-not-allowed', 'stop'],
  ['holds-own-state', 'stop'],
  ['folder-unreadable', 'stop'],
  ['spool-too-large', 'stop'],
  ['account-fixed', 'stop'],
  ['keychain-missing', 'stop'],
  ['login-item-failed', 'stop'],
]

function ruleOf(entry: CatalogueEntry | undefined): unknown {
  if (entry === undefined) return 'not listed'
  const { policy, maxAttempts, afterwards, mayHaveLanded } = entry
  return { policy, maxAttempts, afterwards, mayHaveLanded }
}

function expectedRule(notation: string): unknown {
  const [letter = '', ...rest] = notation.split(' ')
  const mayHaveLanded = rest.at(-1) === '!' ? true : undefined
  const [times, afterwards] = rest.filter((word) => word !== '!')
  return {
    policy: LETTERS[letter],
    maxAttempts: times === undefined ? undefined : Number(times),
    afterwards,
    mayHaveLanded,
  }
}

describe('the catalogue', () => {
  it.each([...SEED, ...FURTHER, ...LOCAL])('knows what to do about %s: %s', (code, notation) => {
    expect(ruleOf(CATALOGUE.get(code))).toEqual(expectedRule(notation))
  })

  it('has the 35 codes of the upload page first and in its order', () => {
    expect(SEED).toHaveLength(35)
    expect([...CATALOGUE.keys()].slice(0, 35)).toEqual(SEED.map(([code]) => code))
  })

  it('holds nothing that is not expected', () => {
    const expected = [...SEED, ...FURTHER, ...LOCAL].map(([code]) => code)
    expect(new Set(CATALOGUE.keys())).toEqual(new Set(expected))
  })

  it('holds each code once', () => {
    const codes = SERVER_ENTRIES.map((entry) => entry.code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(new Set(LOCAL_ERROR_CODES).size).toBe(LOCAL_ERROR_CODES.length)
    expect(CATALOGUE.size).toBe(codes.length + LOCAL_ERROR_CODES.length)
  })

  it('files every entry under its own code', () => {
    for (const [code, entry] of CATALOGUE) expect(entry.code).toBe(code)
  })

  it('says what comes afterwards wherever it limits the attempts, and only there', () => {
    for (const { code, policy, maxAttempts, afterwards } of CATALOGUE.values()) {
      expect(maxAttempts === undefined, String(code)).toBe(afterwards === undefined)
      expect(afterwards, String(code)).not.toBe(policy)
      if (maxAttempts !== undefined) expect(maxAttempts).toBeGreaterThan(0)
    }
  })

  it('leaves the person out of it exactly where Feidi goes on by itself', () => {
    const bySelf = new Set([
      'backoff',
      'wait-rate-limit',
      'restart-upload',
      'reread-part',
      'wait-source',
      'skip-file',
      'success',
    ])
    for (const { code, policy, actor } of CATALOGUE.values()) {
      expect(actor === 'wait', String(code)).toBe(bySelf.has(policy))
    }
  })
})

describe('the domain, which decides exit codes', () => {
  it.each([
    ['auth', [1061005, 99991543, 20002, 20048, 10014, 99991661, 99991662, 99991673, 20009, 20069]],
    ['auth', [99991663, 99991664, 99991665, 99991668, 99991669, 99991671, 99991677, 20026, 20037]],
    ['auth', [20064, 20073, 20074, 20029, 'credentials-missing', 'token-refused']],
    ['auth', [10003, 10005, 10012, 10013, 10015, 20013, 20014, 20001, 20005, 20006, 20007, 20008]],
    ['auth', [20021, 20022, 20023, 20024, 20036, 20063, 20066, 20067, 20070, 21000, 21001]],
    ['permission', [20068]],
    ['permission', [1061004, 1061073, 1062501, 1062502, 1062524, 1062535, 91204, 99991401]],
    ['permission', [99991672, 99991676, 99991679, 20027, 1254302, 1254304, 1770032, 131006]],
    ['permission', [91403]],
    ['auth', [131004]],
    ['permission', [1310213, 1063002, 1063004, 'destination-read-only']],
    ['network', ['dns-failed', 'connection-refused', 'connection-lost', 'idle-timeout', 1062051]],
    ['quota', [1061101, 1061061, 1062505, 99991403, 'daily-quota-used']],
    ['local', ['usage', 'home-in-use', 'disk-full', 'store-failed', 'proxy-invalid']],
  ] as const)('is %s for %j', (domain, codes) => {
    for (const code of codes) expect(CATALOGUE.get(code)?.domain, String(code)).toBe(domain)
  })

  it('is auth or permission for nothing else', () => {
    const count = (domain: string) =>
      [...CATALOGUE.values()].filter((entry) => entry.domain === domain).length
    expect([count('auth'), count('permission')]).toEqual([60, 23])
  })
})
