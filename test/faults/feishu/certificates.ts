/** Throw-away certificates, made for each run. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificates {
  readonly folder: string
  readonly caFile: string
  /** A root that signed none of the certificates here. */
  readonly otherCaFile: string
  /** Key and certificate of a server with these names, signed by the first root. */
  issue(names: string): { key: string; cert: string }
  remove(): void
}

/** Makes two roots. `names` for `issue` are written as openssl wants them: `DNS:a.test,IP:127.0.0.1`. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-certificates-'))
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const root = (name: string) => {
    run(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '1',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    )
    return join(folder, `${name}.pem`)
  }
  let issued = 0
  return {
    folder,
    caFile: root('root'),
    otherCaFile: root('other'),
    issue(names) {
      const name = `server-${issued++}`
      writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`)
      run(
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        `/CN=${name}`,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
      )
      run(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        'root.pem',
        '-CAkey',
        'root.key',
        '-days',
        '1',
        '-extfile',
        `${name}.ext`,
        '-out',
        `${name}.pem`,
      )
      const read = (suffix: string) => readFileSync(join(folder, `${name}.${suffix}`), 'utf8')
      return { key: read('key'), cert: read('pem') }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
