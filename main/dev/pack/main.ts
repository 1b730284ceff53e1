/** `npm run pack`, after a build: the `feidi` command as a package of npm, in `release`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { makePackage } from './make-package.ts'

mkdirSync('release', { recursive: true })
process.stdout.write(`${makePackage(join('out', 'npm'), 'release')}\n`)
