/** Root certificates that a person adds: those of a company that inspects its traffic. */
import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { TransferError } from '#shared/errors/transfer-error.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

/** All the authorities of the world are a tenth of that. Devices and pipes have no end at all. */
const MOST_BYTES = 4 * 1024 * 1024

export interface CertificateFacts {
  /** The owner, as a certificate names it. */
  readonly subject: string
  readonly validUntilMs: number
  /** Only these vouch for others. */
  readonly isAuthority: boolean
}

/**
 * The certificates in a PEM file.
 * @throws TransferError `ca-file-unreadable`
 */
export function readCertificates(caFile: string): CertificateFacts[] {
  return readPem(caFile).certificates.map((certificate) => ({
    subject: nameOf(certificate),
    validUntilMs: certificate.validToDate.getTime(),
    isAuthority: certificate.ca,
  }))
}

/**
 * Reads a file of certificates.
 * @throws TransferError `ca-file-unreadable`
 */
export function readPem(caFile: string): { pem: string; certificates: X509Certificate[] } {
  try {
    const stats = statSync(caFile)
    if (!stats.isFile() || stats.size > MOST_BYTES) throw new Error('no file of certificates')
    const pem = readFileSync(caFile, 'utf8')
    // createSecureContext passes over what is no certificate in silence; this throws.
    const blocks = pem.match(CERTIFICATE) ?? [pem]
    return { pem, certificates: blocks.map((block) => new X509Certificate(block)) }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new TransferError('ca-file-unreadable', {
      detail: code === undefined ? caFile : `${caFile} (${code})`,
      neverArrived: true,
      cause,
    })
  }
}

function nameOf({ subject }: X509Certificate): string {
  const parts = new Map(
    subject.split('\n').map((line) => line.split('=', 2) as [string, string | undefined]),
  )
  return parts.get('CN') ?? parts.get('O') ?? subject.replaceAll('\n', ', ')
}
