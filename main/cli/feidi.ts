#!/usr/bin/env node
/** Entry point of the `feidi` command. */
import module from 'node:module'
import { join } from 'node:path'
import envPaths from 'env-paths'

/** The first Node with everything Feidi uses: `node:sqlite` without a flag, `Promise.withResolvers`. */
const LEAST_NODE_MAJOR = 24

const major = Number(process.versions.node.split('.')[0])
if (major < LEAST_NODE_MAJOR) {
  process.stderr.write(
    `feidi needs Node.js ${LEAST_NODE_MAJOR} or newer, this is ${process.versions.node}.\n` +
      `飞递需要 Node.js ${LEAST_NODE_MAJOR} 或更高版本，当前版本是 ${process.versions.node}。\n`,
  )
  process.exitCode = 2
} else {
  keepCompiled()
  void import('./run-cli.ts').then(({ runCli }) => runCli(process.argv))
}

/** In a folder of the person's own: compiled code that others could write would be code of theirs. */
function keepCompiled(): void {
  module.enableCompileCache(join(envPaths('feidi', { suffix: '' }).cache, 'compiled'))
}
