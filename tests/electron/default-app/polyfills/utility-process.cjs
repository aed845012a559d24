/**
 * Utility processes lack what the main process lacks. Their polyfills travel in NODE_OPTIONS, as
 * `execArgv: ['-r', module]` is ignored there.
 */
const { utilityProcess } = require('electron')
const path = require('node:path')

/** The last version for which `utility.cjs` does anything is 31. */
const needsPreload = Number.parseInt(process.versions.electron, 10) < 32

const preload = path.join(__dirname, 'utility.cjs')

function preloadUtilityProcesses() {
  if (!needsPreload) return
  const { fork } = utilityProcess
  utilityProcess.fork = (modulePath, args, options) =>
    Array.isArray(args)
      ? fork(modulePath, args, withPreload(options))
      : fork(modulePath, withPreload(args ?? options))
}

function withPreload(options) {
  const env = { ...(options?.env ?? process.env) }
  env.NODE_OPTIONS = [env.NODE_OPTIONS, '--require', JSON.stringify(preload)].join(' ').trim()
  return { ...options, env }
}

module.exports = { preloadUtilityProcesses }
