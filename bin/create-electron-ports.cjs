#!/usr/bin/env node
// Plain old syntax: this file must be readable by any Node, to be able to say which one is needed.
// CommonJS, as what it loads, for Node starts that in less time.
var version = process.versions.node.split('.').map(Number)
var major = version[0]
var minor = version[1]
var isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22

if (isSupported) {
  run()
} else {
  fail(
    'create-electron-ports needs Node ^20.19.0 || >=22.12.0, but this is ' +
      process.versions.node +
      '. Install a newer one from https://nodejs.org.',
  )
}

function run() {
  var cli
  try {
    cli = require('../dist/index.cjs')
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return fail('The folder dist/ is missing. Build it first: npm run build')
  }
  cli.run(process.argv.slice(2))
}

function fail(message) {
  process.stderr.write(message + '\n')
  process.exitCode = 1
}
