/**
 * The launcher: stands at `resources/app` of an Electron that comes without its default app, and does
 * the part of it which tests and development need, `electron [-r module]... <folder or file> ...` and
 * `electron --version`. Follows `default_app/main.ts` of electron/electron.
 */
const { app } = require('electron')
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { setFlagsFromString } = require('node:v8')

function start() {
  const { asksVersion, modules, file } = parseArguments(process.argv.slice(1))
  if (asksVersion) {
    process.stdout.write(`v${process.versions.electron}\n`)
    process.exit(0)
  }
  if (file === undefined) refuse('Usage: electron [-r module]... <app folder or file>')
  if (process.versions.electron.startsWith('22.')) installPolyfills()
  preload(modules)
  loadApp(path.resolve(file))
}

/** For the oldest Electron alone: a newer one shall show what it has itself. */
function installPolyfills() {
  require('./polyfills/main.cjs').installMainPolyfills()
}

/** Whatever follows the app's folder or file belongs to the app. */
function parseArguments(args) {
  const modules = []
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]
    if (argument === '--version' || argument === '-v') return { asksVersion: true, modules }
    if (argument === '-r' || argument === '--require') modules.push(args[++index])
    else if (!argument.startsWith('-')) return { modules, file: argument }
  }
  return { modules }
}

/** Names are resolved from the working directory, as in Node. */
function preload(modules) {
  const requireFromHere = Module.createRequire(path.join(process.cwd(), 'preload'))
  for (const name of modules) requireFromHere(name)
}

function loadApp(appPath) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const manifest = readManifest(path.join(appPath, 'package.json'))
  const mainFile = resolveMain(appPath)
  if (manifest) introduceApp(manifest)
  app.setAppPath(manifest ? appPath : path.dirname(mainFile))
  // The last argument makes it `require.main`, which `require()` does not.
  // oxlint-disable-next-line no-underscore-dangle -- Node's name
  Module._load(mainFile, module, true)
}

function introduceApp({ name, productName = name, version, desktopName, v8Flags }) {
  if (version) app.setVersion(version)
  if (productName) app.setName(productName)
  app.setDesktopName(desktopName ?? `${app.getName()}.desktop`)
  if (v8Flags) setFlagsFromString(v8Flags)
}

function readManifest(file) {
  if (!fs.existsSync(file)) return undefined
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    return refuse(`Unable to parse "${file}": ${error.message}`)
  }
}

function resolveMain(appPath) {
  try {
    return require.resolve(appPath)
  } catch (error) {
    const [reason] = error.message.split('\n')
    return refuse(`Unable to find Electron app at "${appPath}": ${reason}`)
  }
}

/** Electron's default app shows a dialog, for which a test would wait forever. */
function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

start()
